"""What the pages of one's own account ask for."""

from core.access.schemas import Secret
from core.web.fields import Email
from core.web.forms import FormSchema


class PasswordForm(FormSchema):
    """The password of now and the next one."""

    password = Secret(required=True)
    new_password = Secret(required=True)


class AddressForm(FormSchema):
    """Another e-mail address."""

    email = Email(required=True)

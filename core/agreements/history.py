"""What the audit says in plain words about agreements and requests to sign."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select

from core.agreements.catalogue import all_types
from core.agreements.models import Agreement, SignatureRequest
from core.agreements.overview import filters, saved
from core.agreements.types import AgreementType
from core.kernel.database import db
from core.plugin_host.declarations import (
    ActionText,
    SubjectText,
)
from core.plugin_host.wording import Wording


def _titles(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(Agreement.id, Agreement.title).where(Agreement.id.in_(ids))
    return {row.id: row.title for row in db.session.execute(query)}


def _asked_to_sign(ids: Collection[UUID]) -> Mapping[UUID, str]:
    query = select(SignatureRequest.id, SignatureRequest.name, SignatureRequest.party_name)
    rows = db.session.execute(query.where(SignatureRequest.id.in_(ids)))
    return {row.id: f"{row.name} ({row.party_name})" if row.party_name else row.name for row in rows}


def _text_of(field: str, language: str) -> str:
    """What a blank or a clause of some type is called; a clause goes by the heading above it."""
    for kind in sorted(all_types(), key=lambda one: language not in one.text_languages):
        if found := _text_in(kind, field, kind.nearest_language(language)):
            return found
    return ""


def _text_in(kind: AgreementType, field: str, language: str) -> str:
    text = kind.text(language)
    for blank in text.placeholders:
        if blank.key == field:
            return blank.label
    for section in kind.sections:
        if field in {clause.key for clause in section.clauses}:
            return text.section(section.key).title
    return ""


_FIELDS = {
    "type_key": Wording(nb="avtaletype", da="aftaletype", en="type of agreement"),
    "title": Wording(nb="tittel", da="titel", en="title"),
    "sent_at": Wording(nb="sendt", da="sendt", en="sent"),
    "cancelled_at": Wording(nb="avlyst", da="aflyst", en="cancelled"),
    "cancel_reason": Wording(nb="begrunnelse", da="begrundelse", en="reason"),
    "activated_at": Wording(nb="i kraft", da="i kraft", en="in force"),
    "starts_on": Wording(nb="første dag", da="første dag", en="first day"),
    "ends_on": Wording(nb="siste dag", da="sidste dag", en="last day"),
    "name": Wording(nb="navn", da="navn", en="name"),
    "number": Wording(nb="organisasjonsnummer", da="CVR-nummer", en="organisation number"),
    "sector": Wording(nb="sektor", da="sektor", en="sector"),
    "signatory_key": Wording(nb="hvem som signerer", da="hvem der underskriver", en="who signs"),
    "role_title": Wording(nb="stilling", da="stilling", en="position"),
    "email": Wording(nb="e-post", da="e-mail", en="e-mail"),
    "phone": Wording(nb="telefon", da="telefon", en="phone"),
    "authority": Wording(nb="fullmakt", da="fuldmagt", en="authority"),
    "included": Wording(nb="tatt med", da="taget med", en="included"),
    "target": Wording(nb="måltall", da="måltal", en="target"),
    "period_months": Wording(nb="periode", da="periode", en="period"),
    "counting_rule": Wording(nb="telleregel", da="tælleregel", en="counting rule"),
    "every_months": Wording(nb="hvor ofte", da="hvor ofte", en="how often"),
    "first_after_months": Wording(nb="første gang", da="første gang", en="first time"),
    "adviser_id": Wording(nb="veileder", da="sagsbehandler", en="adviser"),
    "annexes_left_out": Wording(nb="vedlegg", da="bilag", en="annexes"),
    "unit_id": Wording(nb="enhet", da="afdeling", en="unit"),
    "contacts": Wording(nb="kontaktpersoner", da="kontaktpersoner", en="contacts"),
    "signatories": Wording(nb="de som signerer", da="dem der underskriver", en="signatories"),
    "text": Wording(nb="avtaleteksten", da="aftaleteksten", en="the text"),
    "notice_on": Wording(nb="oppsigelse", da="opsigelse", en="notice"),
    "paused_from": Wording(nb="pause fra", da="pause fra", en="paused from"),
    "resumes_on": Wording(nb="gjenopptas", da="genoptages", en="resumes"),
    "renewed_at": Wording(nb="fornyet", da="fornyet", en="renewed"),
    "taken_up_at": Wording(nb="tatt inn i avtalen", da="optaget i aftalen", en="taken up"),
    "words": Wording(nb="hva parten skrev", da="hvad parten skrev", en="what the party wrote"),
    "answer": Wording(nb="svaret", da="svaret", en="the answer"),
    "life_reason": Wording(nb="begrunnelse", da="begrundelse", en="reason"),
    "opened_at": Wording(nb="åpnet", da="åbnet", en="opened"),
    "signed_at": Wording(nb="signert", da="underskrevet", en="signed"),
    "approved_at": Wording(nb="godkjent", da="godkendt", en="approved"),
    "signed_sha256": Wording(nb="tekstens fingeravtrykk", da="tekstens fingeraftryk", en="print of the text"),
    "refused_at": Wording(nb="avslått", da="afvist", en="refused"),
    "refusal_reason": Wording(nb="begrunnelse", da="begrundelse", en="reason"),
    "revoked_at": Wording(nb="lenken stanset", da="linket stoppet", en="link stopped"),
}

_ACTIONS = {
    "agreement.person_erased": Wording(
        nb="tok en person ut av avtalen",
        da="tog en person ud af aftalen",
        en="took a person out of the agreement",
    ),
    "agreement.handed_over": Wording(
        nb="ga en annen veileder avtalen", da="gav en anden sagsbehandler aftalen", en="gave another adviser"
    ),
    "agreement.begun": Wording(nb="begynte på avtalen", da="begyndte på aftalen", en="began the agreement"),
    "agreement.copied": Wording(
        nb="begynte på et nytt utkast som kopi av",
        da="begyndte på et nyt udkast som kopi af",
        en="began a new draft as a copy of",
    ),
    "agreement.renamed": Wording(
        nb="ga avtalen ny tittel", da="gav aftalen ny titel", en="renamed the agreement"
    ),
    "agreement.value_saved": Wording(
        nb="fylte ut et felt i", da="udfyldte et felt i", en="filled in a blank of"
    ),
    "agreement.party_saved": Wording(nb="endret en part i", da="ændrede en part i", en="changed a party of"),
    "agreement.logo_saved": Wording(
        nb="la inn en parts logo i", da="indsatte en parts logo i", en="added a party's logo to"
    ),
    "agreement.logo_removed": Wording(
        nb="fjernet en parts logo fra", da="fjernede en parts logo fra", en="removed a party's logo from"
    ),
    "agreement.contact_saved": Wording(
        nb="endret en kontaktperson i", da="ændrede en kontaktperson i", en="changed a contact of"
    ),
    "agreement.goal_saved": Wording(nb="endret et mål i", da="ændrede et mål i", en="changed a goal of"),
    "agreement.meeting_saved": Wording(
        nb="endret et møte i", da="ændrede et møde i", en="changed a meeting of"
    ),
    "agreement.duration_saved": Wording(
        nb="endret varigheten av", da="ændrede varigheden af", en="changed the duration of"
    ),
    "agreement.clause_saved": Wording(
        nb="endret teksten i", da="ændrede teksten i", en="changed the text of"
    ),
    "agreement.clause_included": Wording(
        nb="tok inn et punkt i", da="tog et punkt med i", en="took a clause into"
    ),
    "agreement.clause_left_out": Wording(
        nb="utelot et punkt i", da="udelod et punkt i", en="left a clause out of"
    ),
    "agreement.example_added": Wording(
        nb="la til en eksempeltekst i", da="tilføjede en eksempeltekst i", en="added an example text to"
    ),
    "agreement.annexes_chosen": Wording(
        nb="valgte vedleggene til", da="valgte bilagene til", en="chose the annexes of"
    ),
    "agreement.word_made": Wording(
        nb="hentet som Word-fil utkastet til", da="hentede som Word-fil udkastet til", en="fetched for Word"
    ),
    "agreement.word_received": Wording(
        nb="leverte et svar i Word på",
        da="indleverede et svar i Word på",
        en="handed in an answer in Word to",
    ),
    "agreement.word_taken": Wording(
        nb="tok et forslag fra Word inn i",
        da="tog et forslag fra Word ind i",
        en="took a proposal from Word into",
    ),
    "agreement.word_left": Wording(
        nb="lot et forslag fra Word ligge i",
        da="lod et forslag fra Word ligge i",
        en="left a proposal from Word aside in",
    ),
    "agreement.library_text_inserted": Wording(
        nb="satte inn en tekst fra biblioteket i",
        da="indsatte en tekst fra biblioteket i",
        en="put a text of the library into",
    ),
    "agreement.discarded": Wording(
        nb="forkastet utkastet til", da="kasserede udkastet til", en="gave up the draft of"
    ),
    "agreement.sent": Wording(nb="sendte til signering", da="sendte til underskrift", en="sent for signing"),
    "agreement.withdrawn": Wording(
        nb="trakk tilbake for å endre", da="trak tilbage for at ændre", en="took back to change"
    ),
    "agreement.cancelled": Wording(nb="avlyste", da="aflyste", en="cancelled"),
    "agreement.signed": Wording(nb="signerte", da="underskrev", en="signed"),
    "agreement.approved": Wording(nb="godkjente", da="godkendte", en="approved"),
    "agreement.signed_in_meeting": Wording(
        nb="var vitne i et møte til signaturen til",
        da="var vidne på et møde til underskriften fra",
        en="was witness in a meeting to the signature of",
    ),
    "agreement.signed_on_paper": Wording(
        nb="bekreftet på papir signaturen til",
        da="bekræftede på papir underskriften fra",
        en="confirmed on paper the signature of",
    ),
    "agreement.signed_on_behalf": Wording(
        nb="noterte en signatur på vegne av",
        da="noterede en underskrift på vegne af",
        en="recorded a signature on behalf of",
    ),
    "agreement.gathering_opened": Wording(
        nb="åpnet et møte for å signere",
        da="åbnede et møde for at underskrive",
        en="opened a meeting to sign",
    ),
    "agreement.gathering_ended": Wording(
        nb="avsluttet møtet om å signere",
        da="sluttede mødet om at underskrive",
        en="ended the meeting to sign",
    ),
    "agreement.paper_registered": Wording(
        nb="registrerte en skanning av papir for",
        da="registrerede en scanning af papir for",
        en="registered a scan of paper for",
    ),
    "agreement.paper_confirmed": Wording(
        nb="bekreftet skanningen av papir for",
        da="bekræftede scanningen af papir for",
        en="confirmed the scan of paper for",
    ),
    "agreement.paper_rejected": Wording(
        nb="avviste skanningen av papir for",
        da="afviste scanningen af papir for",
        en="rejected the scan of paper for",
    ),
    "agreement.refused": Wording(nb="ville ikke signere", da="ville ikke underskrive", en="refused to sign"),
    "agreement.activated": Wording(nb="satte i kraft", da="satte i kraft", en="brought into force"),
    "agreement.extended": Wording(nb="forlenget", da="forlængede", en="extended"),
    "agreement.shortened": Wording(nb="forkortet", da="forkortede", en="shortened"),
    "agreement.noticed": Wording(nb="sa opp", da="opsagde", en="gave notice of"),
    "agreement.paused": Wording(nb="satte på pause", da="satte på pause", en="paused"),
    "agreement.resumed": Wording(nb="gjenopptok", da="genoptog", en="resumed"),
    "agreement.renewed": Wording(
        nb="noterte at en ny avtale avløser",
        da="noterede, at en ny aftale afløser",
        en="noted the renewal of",
    ),
    "agreement.renewal_begun": Wording(
        nb="begynte på en ny avtale etter", da="begyndte på en ny aftale efter", en="began a renewal of"
    ),
    "agreement.amendment_begun": Wording(
        nb="begynte på en endring av", da="begyndte på en ændring af", en="began a change of"
    ),
    "agreement.amended": Wording(nb="endret", da="ændrede", en="amended"),
    "agreement.taken_up": Wording(
        nb="tok endringen inn i avtalen",
        da="optog ændringen i aftalen",
        en="took the change up into the agreement",
    ),
    "agreement.revision_asked": Wording(
        nb="ba om revisjon av avtalen", da="bad om revision af aftalen", en="asked for a revision"
    ),
    "agreement.revision_noted": Wording(
        nb="noterte at en part ber om revisjon av",
        da="noterede, at en part beder om revision af",
        en="noted that a party asks for a revision of",
    ),
    "agreement.revision_answered": Wording(
        nb="svarte nei til revisjon av", da="svarede nej til revision af", en="answered no to a revision of"
    ),
    "agreement.put_in_unit": Wording(
        nb="la i en annen enhet", da="lagde i en anden afdeling", en="put in another unit"
    ),
    "agreement.pdf_kept": Wording(
        nb="arkiverte den signerte PDF-en av",
        da="arkiverede den underskrevne PDF af",
        en="kept the signed PDF of",
    ),
    "agreement.sealed": Wording(
        nb="forseglet den endelige PDF-en av",
        da="forseglede den endelige PDF af",
        en="sealed the final PDF of",
    ),
    "agreement.read": Wording(nb="leste", da="læste", en="read"),
    "agreement.printed": Wording(nb="lastet ned som PDF", da="hentede som PDF", en="downloaded as PDF"),
    "agreements.exported": Wording(
        nb="lastet ned listen over avtaler",
        da="hentede listen over aftaler",
        en="downloaded the list of agreements",
    ),
    "saved_view.saved": Wording(nb="lagret visningen", da="gemte visningen", en="saved the view"),
    "saved_view.renamed": Wording(
        nb="ga nytt navn til visningen", da="omdøbte visningen", en="renamed the view"
    ),
    "saved_view.deleted": Wording(nb="slettet visningen", da="slettede visningen", en="deleted the view"),
    "signature_request.opened": Wording(
        nb="åpnet avtalen for å signere", da="åbnede aftalen for at underskrive", en="opened to sign"
    ),
    "signature_request.code_sent": Wording(
        nb="ba om en engangskode for å signere",
        da="bad om en engangskode for at underskrive",
        en="asked for a one-time code to sign",
    ),
    "signature_request.reminded": Wording(nb="minnet på", da="mindede om", en="reminded"),
    "signature_request.revoked": Wording(
        nb="stanset lenken til", da="stoppede linket til", en="stopped the link of"
    ),
    "signature_request.renewed": Wording(
        nb="sendte ny lenke til", da="sendte et nyt link til", en="sent a new link to"
    ),
}

HISTORY: tuple[ActionText | SubjectText, ...] = (
    SubjectText(
        "agreement",
        Wording(nb="Avtale", da="Aftale", en="Agreement"),
        _FIELDS,
        field_text=_text_of,
        names=_titles,
        endpoint="agreements_overview.page",
        argument="agreement_id",
    ),
    SubjectText(
        "signature_request",
        Wording(nb="Signatur", da="Underskrift", en="Signature"),
        _FIELDS,
        names=_asked_to_sign,
        acts_as="link",
    ),
    SubjectText("agreement_list", Wording(nb="Avtaler", da="Aftaler", en="Agreements"), filters.FIELDS),
    SubjectText(
        "saved_view",
        Wording(nb="Lagret visning", da="Gemt visning", en="Saved view"),
        {"name": Wording(nb="navn", da="navn", en="name")},
        names=saved.names_of,
    ),
    *(ActionText(action, text) for action, text in _ACTIONS.items()),
)

FLASK_APP=core.app

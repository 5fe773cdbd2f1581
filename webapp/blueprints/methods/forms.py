from wtforms import BooleanField, IntegerField, StringField

from ...web.forms import PortalForm, PressedField


class MethodsForm(PortalForm):
    action = PressedField()
    method = IntegerField()
    description = StringField()
    default = BooleanField()
    next = StringField()

from ...web.forms import PortalForm, PressedField


class ShareForm(PortalForm):
    action = PressedField()

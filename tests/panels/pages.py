"""What the panels of ``host.py`` show."""

STYLE = """
:root { color-scheme: light dark; --bar: #14323f; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; background: light-dark(#eef1f2, #101618); }
header { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; padding: .6rem 1.25rem; }
header, header a { background: var(--bar); color: #fff; }
h1 { font-size: 1.15rem; margin: 0 auto 0 0; }
body > form, .around { padding: 1rem 1.25rem; }
iframe { display: block; border: 0; max-width: 100%; }
"""
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{name} panel</title><style>{style}</style><header><h1>{name} panel</h1>{links}</header>
{content}"""
FRAME = """<form method="post" action="{site}{within}/launch" target="{target}">
<input type="hidden" name="token" value="{token}"><button>My services</button></form>
<iframe name="portal" title="My services" width="{width}" height="700"></iframe>"""
ELEMENT = """<script src="{site}/embed.js" defer></script>
<echeance-services panel="{panel}" token-url="/token?account={account}" locale="{locale}" address="portal"
 title="My services"><a href="/?account={account}&amp;top=yes">My services in a window</a></echeance-services>
<div class="around">Below it</div>"""
INCLUDED = """<div class="around"><!--# include virtual="/portal-fragment/services" --></div><p>End of the page</p>"""
LINKS = {
    "/?account={account}": "In a frame",
    "/embedding?account={account}": "By the element",
    "/?account={account}&amp;top=yes": "In the whole window",
}
BEHIND = {"/my/services": "Below an address of the panel", "/home": "Within a page of the panel"}
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'; "
    "script-src {site}; frame-src {site}; connect-src 'self'; form-action 'self' {site}"
)
"""Of a panel that is as strict as it can be."""

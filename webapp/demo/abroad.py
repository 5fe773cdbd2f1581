"""demo-de, a workshop with many machines and workstations, and demo-qc, at home with a few sites."""

from .item import DemoItem, Life

WEB = (
    DemoItem("falkenrieder.de.example", "domain-de", "Hauptdomain", 212, "P24M"),
    DemoItem("falkenrieder.de.example", "canopee-250", "Firmenauftritt", 212),
    DemoItem("falkenrieder.example", "domain-example", "", 212),
    DemoItem("feinmechanik-falkenrieder.de.example", "domain-de", "Weiterleitung", 19, manual=True),
    DemoItem("ersatzteile-falkenrieder.shop.example", "domain-shop", "Ersatzteil-Shop", 101),
    DemoItem("ersatzteile-falkenrieder.shop.example", "canopee-shop", "Ersatzteil-Shop", 10, "P1M"),
    DemoItem("karriere-falkenrieder.de.example", "domain-de", "Karriereseite", -2, manual=True),
    DemoItem("mail.falkenrieder.de.example", "colombe-25", "Geschäftspost", 25, "P1M"),
    DemoItem("archiv.falkenrieder.de.example", "colombe-archive", "E-Mail-Archiv (GoBD)", 212),
    DemoItem("falkenrieder.de.example", "sceau-ov", "Unternehmenszertifikat", 143),
)
PLANT = (
    DemoItem("ns-40112.metal.example", "chene-256", "Warenwirtschaft", 274, committed=1),
    DemoItem("ns-40113.metal.example", "chene-128", "Warenwirtschaft (Ausfall)", 60, "P3M"),
    DemoItem("ns-40377.metal.example", "chene-32", "Maschinendaten Halle 1", 7, "P1M"),
    DemoItem("ns-40378.metal.example", "chene-32", "Maschinendaten Halle 2", 7, "P1M"),
    DemoItem("ns-39004.metal.example", "chene-32", "Alte Lohnabrechnung", 30, "P1M", life=Life.CANCELLED),
    DemoItem("vps-8d21f0aa.compute.example", "brindille-16", "Prüfstände", 15, "P1M"),
    DemoItem("vps-8d21f0ab.compute.example", "brindille-8", "Zeiterfassung", 86, "P6M"),
    DemoItem("vps-8d21f0ac.compute.example", "brindille-4", "Lieferantenportal", 4, "P1M"),
    DemoItem("vps-8d21f0ad.compute.example", "brindille-4", "Qualitätssicherung", 28, "P1M", manual=True),
    DemoItem("vps-8d21f0ae.compute.example", "brindille-2", "Schließanlage", 1, "P1M", anchor=31),
    DemoItem("vps-8d21f0af.compute.example", "brindille-2", "Testsystem", -5, "P1M"),
    DemoItem("db-erp.data.example", "silex-32", "Datenbank Warenwirtschaft", 17, "P1M"),
    DemoItem("db-mde.data.example", "silex-8", "Datenbank Maschinendaten", 159),
    DemoItem("werksnetz.network.example", "passerelle", "Privates Werksnetz", 230),
    DemoItem("bloc-198-51-100-16.network.example", "adresses-8", "Feste Adressen", 21, "P1M"),
    DemoItem("zeichnungen.grenier.example", "grenier-4000", "Zeichnungsablage", 188),
    DemoItem("langzeit.grenier.example", "grenier-archive", "Langzeitarchiv", 47, "P3M"),
    DemoItem("0049-30-23125-010.voice.example", "carillon-line", "Zentrale", 23, "P1M"),
    DemoItem("sms-falkenrieder.voice.example", "carillon-sms", "Störmeldungen per SMS", life=Life.ONCE),
)
WORKSTATIONS = tuple(
    DemoItem(f"cad-{number:02}.licence.example", "equerre", f"CAD-Arbeitsplatz {number:02}", 37 * number % 330 + 5)
    for number in range(1, 10)
)
AGENTS = tuple(
    DemoItem(f"backup-{host}.licence.example", "palimpseste", f"Datensicherung {host}", 6 + 4 * rank, "P1M")
    for rank, host in enumerate(("ns-40112", "ns-40113", "ns-40377"))
)
GERMANY = WEB + PLANT + WORKSTATIONS + AGENTS

CLIENT = "erabliere-bellefeuille"
QUEBEC = (
    DemoItem("noemie-bellefeuille.quebec.example", "domain-quebec", "Mon site", 166, manual=True),
    DemoItem("noemie-bellefeuille.quebec.example", "canopee-50", "Hébergement de mon site", 166),
    DemoItem("mail.noemie-bellefeuille.quebec.example", "colombe-5", "Courriel", 13, "P1M"),
    DemoItem(
        "noemie-bellefeuille.quebec.example",
        "sceau-dv",
        "Certificat de mon site",
        life=Life.INCLUDED,
        within="canopee-50",
    ),
    DemoItem("chalet-du-huard.quebec.example", "domain-quebec", "Chalet du Huard", 27, manual=True),
    DemoItem("chalet-du-huard.quebec.example", "canopee-10", "Chalet du Huard", 27, manual=True),
    DemoItem("contes-d-hiver.example", "domain-example", "Contes d’hiver ❄", 5, manual=True),
    DemoItem("contes-d-hiver.example", "canopee-10", "Contes d’hiver", -4, "P1M"),
    DemoItem("vps-f00d51a3.compute.example", "brindille-4", "Atelier de programmation", 8, "P1M"),
    DemoItem("vps-f00d51a4.compute.example", "brindille-2", "Laboratoire", 19, "P1M", manual=True),
    DemoItem("photos-famille.grenier.example", "grenier-500", "Photos de famille", 258),
    DemoItem("db-contes.data.example", "silex-2", "Base des contes", -10, "P1M"),
    DemoItem("patinoire-du-quartier.quebec.example", "domain-quebec", "Patinoire du quartier", -6, manual=True),
    DemoItem("carnet-de-raquette.example", "domain-example", "Carnet de raquette", 309),
    DemoItem("raquette-2022.example", "canopee-10", "Ancien carnet", 44, life=Life.CANCELLED),
    DemoItem(
        "erabliere-bellefeuille.quebec.example", "domain-quebec", "Érablière", 121, owner=CLIENT, technical="demo-qc"
    ),
    DemoItem("erabliere-bellefeuille.quebec.example", "canopee-shop", "", 14, "P1M", owner=CLIENT, admin="demo-qc"),
)

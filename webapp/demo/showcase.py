"""demo-fr: one private customer who has come across everything that can happen to a service."""

from .item import DemoItem, Life

FEBRUARY = range(2, 3)
IDN = "crèmerie-des-allées.example".encode("idna").decode()
LONGEST = (
    "fonds-photographique-de-la-haute-vallee-et-des-bourgs-alentours."
    "inventaire-illustre-des-plaques-de-verre-et-tirages-au-charbon."
    "collection-deposee-par-les-familles-du-hameau-de-la-fontanelle."
    "numerisation-et-mise-en-ligne-du-catalogue-brut.atelier.example"
)
PHOTO = (
    DemoItem("castaing-photo.example", "domain-example", "Site portfolio", 243),
    DemoItem("castaing-photo.example", "canopee-50", "Hébergement du portfolio", 243),
    DemoItem("mail.castaing-photo.example", "colombe-5", "Messagerie du studio", 18, "P1M"),
    DemoItem("castaing-photo.example", "sceau-dv", "Certificat du portfolio", life=Life.INCLUDED, within="canopee-50"),
    DemoItem("galerie.castaing-photo.example", "canopee-250", "Galerie clients — épreuves", 5, "P1M"),
    DemoItem("db-galerie.data.example", "silex-2", "Base de la galerie", 12, "P1M"),
    DemoItem("sauvegarde-photos.grenier.example", "grenier-4000", "Sauvegarde des photos brutes", 77),
    DemoItem("archives-2019.grenier.example", "grenier-archive", "Archives 2012–2019", 41, "P3M"),
    DemoItem("castaing.photo.example", "domain-photo", "", 118),
    DemoItem("tirages-castaing.shop.example", "domain-shop", "Boutique de tirages", 26),
    DemoItem("tirages-castaing.shop.example", "canopee-shop", "Boutique de tirages d’art", 26, "P1M"),
    DemoItem("db-tirages.data.example", "silex-2", "Base de la boutique", life=Life.INCLUDED, within="canopee-shop"),
)
FAMILY = (
    DemoItem("castaing.fr.example", "domain-fr", "Famille Castaing", 154, manual=True),
    DemoItem("mail.castaing.fr.example", "colombe-5", "Boîtes aux lettres de la famille", 154),
    DemoItem("cousinade.fr.example", "domain-fr", "Cousinade 🎉 « La grande réunion »", 6, manual=True),
    DemoItem("cousinade.fr.example", "canopee-10", "Cousinade 🎉 le site", 6, manual=True),
    DemoItem("recettes-de-mamie.example", "domain-example", 'Les recettes de Mamie "Jo"', 301),
    DemoItem("recettes-de-mamie.example", "canopee-10", "Carnet de recettes", 301),
    DemoItem(IDN, "domain-example", "crèmerie-des-allées.example", 88),
    DemoItem("jardin-partage.example", "domain-example", "Jardin partagé <b>& potager</b>", 203, manual=True),
    DemoItem("calculs.example", "domain-example", "=1+1", 33),
    DemoItem(LONGEST, "domain-example", "Fonds photographique", 280, "P24M"),
    DemoItem("voyage-en-islande.example", "domain-example", "Carnet d’Islande", 29, manual=True),
    DemoItem("voyage-en-islande.example", "canopee-10", "Carnet d’Islande", 2, "P1M", manual=True),
    DemoItem("arbre-genealogique.fr.example", "domain-fr", "Arbre généalogique", 392, "P60M"),
    DemoItem("maison-bleue.fr.example", "domain-fr", "Gîte de la Maison bleue", 1, manual=True),
)
MACHINES = (
    DemoItem("vps-7f3a91c2.compute.example", "brindille-4", "Nuage personnel", 9, "P1M"),
    DemoItem("vps-0b84e6d1.compute.example", "brindille-2", "Serveur de jeux des enfants", 16, "P1M", manual=True),
    DemoItem("vps-c95d2a07.compute.example", "brindille-8", "Traitement des vidéos", 131, "P6M", anchor=1),
    DemoItem("vps-44e1b8f9.compute.example", "brindille-2", "Bac à sable", 3, "P1M", price="3.60"),
    DemoItem("ns-20418.metal.example", "chene-32", "Serveur de rendu", 51, "P3M"),
    DemoItem("ns-20977.metal.example", "chene-128", "Serveur de rendu n° 2", 22, "P1M", committed=8),
    DemoItem("prj-atelier.nuee.example", "nuee-project", "Projet Atelier", 8, "P1M"),
    DemoItem("k-demonstration.nuee.example", "nuee-cluster", "Grappe de démonstration", 14, "P1M"),
    DemoItem("vigie-20418.licence.example", "vigie", "Panneau du serveur de rendu", 24, "P1M"),
    DemoItem("palimpseste-20418.licence.example", "palimpseste", "Agent de sauvegarde", 190),
    DemoItem("passerelle-studio.network.example", "passerelle", "Réseau privé du studio", 20, "P1M"),
    DemoItem("bloc-203-0-113-8.network.example", "adresses-8", "Adresses du studio", 335),
    DemoItem("0033-1-99-00-12-34.voice.example", "carillon-line", "Ligne du studio", 11, "P1M"),
    DemoItem("sms-castaing.voice.example", "carillon-sms", "Rappels de rendez-vous par SMS", life=Life.ONCE),
    DemoItem("db-nuage.data.example", "silex-8", "Base du nuage personnel", 0, "P1M"),
)
MONTH_ENDS = (
    DemoItem("lettre-mensuelle.example", "canopee-10", "Lettre mensuelle", 1, "P1M", anchor=31),
    DemoItem("vps-5ad07e3b.compute.example", "brindille-2", "Supervision", 1, "P1M", anchor=30),
    DemoItem("festival-des-brumes.example", "domain-example", "Festival des Brumes", 1, anchor=31, months=FEBRUARY),
    DemoItem("festival-des-brumes.example", "canopee-50", "Festival des Brumes", 1, anchor=30, months=FEBRUARY),
    DemoItem("mail.festival-des-brumes.example", "colombe-5", "Courrier du festival", 1, anchor=29, months=FEBRUARY),
)
TROUBLES = (
    DemoItem("chorale-des-tilleuls.example", "canopee-50", "Chorale des Tilleuls", -3, "P1M"),
    DemoItem("db-chorale.data.example", "silex-8", "Base de la chorale", -1, "P1M"),
    DemoItem("vps-e2f6407a.compute.example", "brindille-4", "Ancien serveur de courriel", -12, "P1M"),
    DemoItem("ancien-studio.grenier.example", "grenier-500", "Sauvegarde de l’ancien studio", -9, "P1M"),
    DemoItem("*.castaing-photo.example", "sceau-wildcard", "Certificat générique", 27, life=Life.BILLED_EARLY),
    DemoItem("brocante-du-quai.example", "domain-example", "Brocante du quai", -4, manual=True),
    DemoItem("brocante-du-quai.example", "canopee-10", "Brocante du quai", -4, manual=True),
    DemoItem("ateliers-du-soir.fr.example", "domain-fr", "Les ateliers du soir", -41, manual=True),
    DemoItem("puces-de-novembre.shop.example", "domain-shop", "Puces de novembre", -16, manual=True),
    DemoItem("vps-91bb3c5e.compute.example", "brindille-2", "Relais signalé", 13, "P1M", life=Life.BARRED),
)
CANCELLED = (
    DemoItem("blog-de-2016.example", "canopee-10", "Blog de 2016", 64, life=Life.CANCELLED),
    DemoItem("vps-3d70aa18.compute.example", "brindille-2", "Essai terminé", 1, "P1M", life=Life.CANCELLED),
    DemoItem("test-boutique.example", "canopee-10", "Boutique d’essai", 0, "P1M", life=Life.CANCELLED),
    DemoItem("ns-18802.metal.example", "chene-32", "Vieux serveur", 17, "P1M", life=Life.CANCELLED, committed=2),
    DemoItem("k-essai.nuee.example", "nuee-cluster", "Grappe d’essai", 1, "P1M"),
    DemoItem("mariage-2023.example", "domain-example", "Mariage d’Anouk et Théo", -96, life=Life.ENDED),
    DemoItem("vps-6cc8d4f0.compute.example", "brindille-2", "Préproduction 2024", -65, "P6M", life=Life.ENDED),
)
STARTING = (
    DemoItem(
        "vps-b1f08e66.compute.example", "brindille-8", "Nouveau serveur d’images", period="P1M", life=Life.OPENING
    ),
    DemoItem("ns-21350.metal.example", "chene-128", "Serveur de rendu n° 3", life=Life.ORDERED),
    DemoItem("exposition-lumieres.example", "domain-example", "Exposition Lumières", life=Life.ORDERED),
)
SHARED = (
    DemoItem("castaing-presse.example", "domain-example", "Espace presse", 72, technical="demo-tech"),
    DemoItem(
        "castaing-presse.example", "canopee-50", "Espace presse", 72, technical="demo-tech", billing="demo-agency"
    ),
    DemoItem("club-photo-du-lac.example", "canopee-10", "Club photo du lac", 97, admin="marcheurs-du-val"),
    DemoItem(
        "marcheurs-du-val.example",
        "canopee-10",
        "Les Marcheurs du Val — galerie",
        49,
        owner="marcheurs-du-val",
        technical="demo-fr",
    ),
)
SHOWCASE = PHOTO + FAMILY + MACHINES + MONTH_ENDS + TROUBLES + CANCELLED + STARTING + SHARED

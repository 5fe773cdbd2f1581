"""Names of shops, studios and sites that nobody has: any French place with any complement, any English pair."""

from itertools import product

PLACES = (
    "Académie, Agence, Armoire, Atelier, Auberge, Aventure, Balade, Balcon, Bateau, Bibliothèque, Boulangerie, "
    "Boutique, Brasserie, Brocante, Buvette, Cabane, Cabinet, Café, Cantine, Carnet, Chalet, Chantier, Chapelle, "
    "Chemin, Clinique, Cloître, Club, Collège, Collectif, Compagnie, Comptoir, Conservatoire, Coopérative, Cuisine, "
    "Domaine, Droguerie, Échoppe, École, Écurie, Entrepôt, Épicerie, Escale, Fabrique, Fanfare, Ferme, Festival, "
    "Forge, Fournil, Foyer, Galerie, Garage, Gîte, Grange, Halle, Herbier, Imprimerie, Institut, Jardin, Journal, "
    "Kiosque, Laiterie, Lavoir, Librairie, Logis, Maison, Manège, Manufacture, Marché, Menuiserie, Moulin, Musée, "
    "Observatoire, Orchestre, Palais, Papeterie, Pavillon, Pension, Pépinière, Pharmacie, Poterie, Pressoir, "
    "Refuge, Relais, Revue, Rucher, Salle, Salon, Savonnerie, Scierie, Sellerie, Société, Studio, Table, Théâtre, "
    "Tonnellerie, Verger"
)
COMPLEMENTS = (
    "aux images, aux oiseaux, de Beaumirail, de Clairefosse, de Fontvaline, de Hautebrume, de Lunemarche, "
    "de Montargile, de Pierrelys, de Rochevive, de Valombrage, de la baie, de la barrière, de la berge, de la bruyère, "
    "de la butte, de la clairière, de la colline, de la comète, de la corniche, de la côte, de la dune, "
    "de la fontaine, de la garrigue, de la gare, de la girouette, de la grève, de la lagune, de la lande, "
    "de la lanterne, de la marée, de la mésange, de la passerelle, de la place, de la plaine, de la prairie, "
    "de la rivière, de la ruelle, de la source, de la tour, de la vallée, de la vigne, des alizés, "
    "des amandiers, des arcades, des artisans, des bouleaux, des brumes, des canaux, des capucines, des cerisiers, "
    "des charmes, des cigales, des collines, des cordeliers, des coteaux, des cygnes, des deux rives, des embruns, "
    "des étoiles, des faïences, des falaises, des fougères, des glycines, des hirondelles, des lavandes, des lilas, "
    "des lucioles, des marais, des mélèzes, des mimosas, des myrtilles, des noisetiers, des oliviers, des peupliers, "
    "des quais, des quatre vents, des remparts, des roseaux, des sables, des saisons, des tilleuls, des tisserands, "
    "des tournesols, des vagues, des vergers, du belvédère, du canal, du castor, du causse, du cèdre, du clocher, "
    "du delta, du faubourg, du fjord, du funambule, du grand large, du grand pré, du héron, du hibou, du lac, "
    "du lavoir, du levant, du marronnier, du midi, du phare, du plateau, du pont neuf, du port, du rivage, du sentier, "
    "du soir, du torrent, du vallon, du verger, du vieux chêne, du vieux moulin, du village"
)
QUALITIES = (
    "Amber, Bright, Calm, Clever, Copper, Coral, Crimson, Eastern, Gentle, Golden, Happy, Hidden, Humble, Ivory, "
    "Little, Lucky, Mellow, Nimble, Northern, Olive, Patient, Quiet, Rustic, Silver, Southern, Velvet, Western, Wild"
)
TRADES = (
    "Anchor, Bakery, Barn, Bicycle, Bookshop, Brewery, Canvas, Carpenter, Compass, Cottage, Garden, Harbour, Kettle, "
    "Lantern, Ledger, Library, Loom, Meadow, Orchard, Pantry, Potter, Press, Quarry, Sailor, Saddle, Studio, Tailor, "
    "Teapot, Theatre, Workshop"
)


def invented_titles() -> list[str]:
    """Every name there is, in a fixed order."""
    return [*pairs(PLACES, COMPLEMENTS), *pairs(QUALITIES, TRADES)]


def pairs(first: str, second: str) -> list[str]:
    return [" ".join(pair) for pair in product(first.split(", "), second.split(", "))]

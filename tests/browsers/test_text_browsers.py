"""The whole way in w3m and in Lynx, in French, as their readers go it."""

import re
from collections.abc import Iterator

import pytest

from tests.browsers.conftest import program
from tests.browsers.customers import password_of
from tests.browsers.reader import Reader
from tests.browsers.test_other_browsers import saves

ACCOUNT = "demo-fr@demo.example"
CASES = {"w3m": ("généalogique", "Arbre généalogique"), "lynx": ("allées", "crèmerie-des-allées.example")}
"""For each browser a search with an accent and the one service that it finds."""

CANCELLED = {"w3m": ("archives", "Archives 2012–2019"), "lynx": ("k-demo", "Grappe de démonstration")}
"""The same, of services that may end."""


PAID = {"w3m": ("panneau", "Panneau du serveur de rendu"), "lynx": ("epreuves", "Galerie clients — épreuves")}
"""The same, of services that renew by themselves."""


BILLED = {"w3m": ("ancien-studio", "Sauvegarde de l’ancien studio"), "lynx": ("db-chorale", "Base de la chorale")}
"""The same, of services with a bill."""


TO_PAY = {"w3m": "Pay €", "lynx": "Pay"}
"""As much of the button as each can look for, and no less, since headings begin with the same word."""


@pytest.fixture(params=CASES)
def case(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def reader(case: str, site: str) -> Iterator[Reader]:
    """Signed in, at the table."""
    with Reader(case, program(case), f"{site}/login") as reader:
        _sign_in(reader, ACCOUNT)
        reader.sees("Services 1 à 25 sur 70")
        yield reader


def _sign_in(reader: Reader, account: str) -> None:
    reader.sees("Password")
    reader.fill("E-mail address", account)
    reader.fill("Password", password_of(account))
    reader.press("Sign in")


def test_sort_page_and_keep_ticks(reader: Reader) -> None:
    reader.press("Prix")
    reader.sees("triés par « Prix », ordre croissant")
    reader.press("Suivante")
    reader.sees("Services 26 à 50 sur 70, triés par « Prix », ordre croissant")
    reader.tick_first_row()
    reader.start_again()
    reader.press("Conserver les lignes cochées")
    reader.go_to_the_end()
    reader.sees("1 service sélectionné")


def test_a_renewal_is_configured_up_to_its_receipt(reader: Reader, case: str) -> None:
    words, name = CASES[case]
    _search(reader, words)
    reader.press("Configurer")
    reader.sees("Type de renouvellement", "Voir ce que cela change")
    reader.choose("Manuel : je le renouvelle moi-même")
    reader.press("Voir ce que cela change")
    reader.sees("Rien ne sera prélevé")
    reader.press("Confirmer : renouvellement manuel")
    reader.sees("Numéro de reçu", name, "Renouvellement manuel")
    reader.press("Retour à mes services")
    reader.sees(f"Recherche : {words}", "Services 1 à 1 sur 1")
    reader.press(name)
    reader.sees("Renouvellement manuel")


def _search(reader: Reader, words: str, seen: str = "Services 1 à 1 sur 1") -> None:
    reader.fill("Rechercher par nom ou référence", words)
    reader.press("Rechercher")
    reader.sees(f"Recherche : {words}", seen)


def test_many_at_once_up_to_the_result_and_back(reader: Reader, case: str) -> None:
    _search(reader, "recettes", "Services 1 à 2 sur 2")
    reader.press("Sélectionner les 2 services")
    reader.sees("2 services sélectionnés")
    reader.press("Désactiver le paiement automatique")
    reader.sees("Rien n’est modifié avant votre confirmation")
    reader.press("Confirmer")
    reader.sees("Terminé", "Rétablir ce qui a été modifié")
    reader.press("Rétablir ce qui a été modifié")
    reader.sees("est rétabli à l’identique")
    reader.press("Confirmer")
    reader.sees("Terminé")


def test_a_service_is_cancelled_and_kept_after_all(reader: Reader, case: str) -> None:
    words, name = CANCELLED[case]
    _search(reader, words)
    reader.press(name)
    reader.sees("Contacts")
    reader.press("Résilier mon service")
    reader.sees("Prend fin le", "n’est pas remboursée", "Annulable jusqu’au")
    reader.press("Confirmer la résiliation")
    reader.sees("Votre résiliation est enregistrée", "Code du reçu", name)
    reader.press("Annuler la résiliation")
    reader.sees("il redevient aussitôt comme avant")
    reader.press("Annuler la résiliation", past="Annulable jusqu’au")
    reader.sees("La résiliation est annulée")
    reader.press("Retour à mes services")
    reader.sees(f"Recherche : {words}", "Renouvellement automatique")


def test_a_payment_is_brought_forward_and_made(reader: Reader, case: str) -> None:
    words, name = PAID[case]
    _search(reader, words)
    reader.press(name)
    reader.sees("Contacts")
    reader.press("Anticiper le paiement")
    reader.sees("Pour quelle durée", "aucun jour n’est perdu")
    reader.choose("1 an")
    reader.press("Afficher le total")
    reader.sees("Total TTC", "Tant que vous n’avez pas payé")
    reader.choose("Sur la page de notre prestataire")
    reader.press("Commander avec obligation de paiement")
    reader.sees("Payez votre commande", "Rien n’est débité avant que vous payiez")
    reader.press("Payer")
    reader.sees("Paiement de test")
    reader.press("La carte est refusée")
    reader.sees("Votre paiement n’a pas abouti", "Rien n’a été débité")
    reader.press("Réessayer")
    reader.sees("Paiement de test")
    reader.press("La carte est acceptée")
    reader.sees("Votre commande est payée", "Numéro de la facture")


def test_a_bill_is_paid(reader: Reader, case: str) -> None:
    words, name = BILLED[case]
    _search(reader, words)
    reader.press(name)
    reader.sees("Contacts")
    reader.press("Régler ma facture")
    reader.sees("Total TTC", "débité immédiatement")
    reader.choose("Sur la page de notre prestataire")
    reader.press("Payer ")
    reader.sees("Paiement de test")
    reader.press("La carte est acceptée")
    reader.sees("Votre facture est réglée", "les factures ci-dessous sont réglées")
    reader.press("Mes factures")
    reader.sees("À payer", "Réglée")
    number = re.findall(r"FR-\d{6}", reader.text)[0]
    reader.press(number)
    reader.sees(f"Facture {number}", "Total HT", "Total TTC")
    reader.press("Télécharger en PDF")
    assert reader.keeps(f"{number}.pdf").startswith(b"%PDF")


def test_a_card_is_added(site: str, case: str) -> None:
    with Reader(case, program(case), f"{site}/login?next=/payment-methods") as reader:
        _sign_in(reader, f"debtor-{case}@demo.example")
        reader.sees("Payment methods", "Visa 4242", "Debit renewals from it as soon as it is valid")
        reader.press("Add a card")
        reader.sees("No money is taken", "Choose what happens")
        reader.press("The card is accepted")
        reader.sees("Visa •••• 4242 is added", "Renewals are debited from it from now on.")


def _pay(reader: Reader, case: str) -> None:
    reader.press(TO_PAY[case])
    reader.sees("No money is taken")
    reader.press("The card is accepted")


def test_all_bills_are_paid_at_once(site: str, case: str) -> None:
    with Reader(case, program(case), f"{site}/login?next=/invoices") as reader:
        _sign_in(reader, f"debtor-{case}@demo.example")
        reader.sees("My bills", "To be paid")
        reader.press("Pay all")
        reader.sees("Pay your bills", "Bills that it pays")
        _pay(reader, case)
        reader.sees("Your bills are paid", "the bills below are settled")


def test_more_than_twenty_are_renewed_with_one_payment(site: str, case: str) -> None:
    with Reader(case, program(case), f"{site}/login") as reader:
        _sign_in(reader, "demo-de@demo.example")
        reader.sees("Services 1 to 25 of 41")
        reader.press("Select all 41 matching")
        reader.sees("41 services selected")
        reader.press("Renew services")
        reader.sees("For how long?", "services will be ordered")
        reader.press("Order with obligation to pay")
        reader.sees("Pay your order", "What you ordered")
        _pay(reader, case)
        reader.sees("Your order is paid", "Number of the invoice")


def test_many_are_aligned_after_the_days_were_compared(site: str, case: str) -> None:
    """The picture reads as the table that it is."""
    with Reader(case, program(case), f"{site}/login") as reader:
        _sign_in(reader, f"aligner-{case}@demo.example")
        reader.sees("Services 1 to 5 of 5")
        reader.press("Select all 5 matching")
        reader.sees("5 services selected")
        reader.press("Align renewal dates")
        reader.sees("4 of these services can be moved", "Month As it is today Aligned", "costs least")
        reader.sees("€24.00 on 3 days:")
        reader.press("Continue with")
        reader.sees("2 services will be aligned", "There is no undoing this", "days added")
        reader.press("Order with obligation to pay")
        reader.sees("Pay your order", "Will renew on")
        _pay(reader, case)
        reader.sees("Your order is paid", "Number of the invoice")


def test_a_service_is_renewed_whatever_becomes_of_the_payment(reader: Reader) -> None:
    _search(reader, "famille-castaing")
    _order_again(reader)
    reader.press("Partir sans payer")
    reader.sees("Vous avez quitté la page de paiement sans payer.")
    reader.press("Réessayer")
    reader.press("La banque demande une seconde étape")
    reader.sees("Votre banque vous demande de confirmer")
    reader.press("Confirmer")
    reader.sees("Votre commande est payée")
    reader.press("Retour à mes services")
    _order_again(reader)
    reader.press("Un prélèvement confirmé plus tard")
    reader.sees("Votre paiement est en cours", "Vous pouvez quitter cette page.")
    reader.go_back()
    reader.sees("Paiement de test")
    reader.start_again()
    reader.press("La carte est acceptée")
    reader.sees("Votre commande est payée")
    reader.press("Retour à mes services")
    _order_again(reader)
    reader.press("Débité, mais la boutique ne reçoit pas de réponse")
    reader.sees("Nous ne savons pas encore si vous avez payé", "rien n’est débité deux fois")
    for _look in range(30):
        if "Votre commande est payée" in reader.terminal.text:
            break
        reader.press("Actualiser")
    reader.sees("Votre commande est payée", "Numéro de la facture")


def _order_again(reader: Reader) -> None:
    """From the table to the page of the provider.

    Lynx shows pages that it has seen as they were: what is ordered from an old one is refused, and shown as it is now.
    """
    reader.press("Renouveler")
    reader.sees("Pour quelle durée")
    reader.choose("Sur la page de notre prestataire")
    reader.press("Commander avec obligation de paiement")
    if "modifié entre-temps" in reader.terminal.text:
        reader.press("Commander avec obligation de paiement")
    reader.sees("Payez votre commande")
    reader.press("Payer")
    reader.sees("Paiement de test")


def test_many_are_cancelled_up_to_the_result(reader: Reader, case: str) -> None:
    _search(reader, "recettes", "Services 1 à 2 sur 2")
    reader.press("Sélectionner les 2 services")
    reader.sees("2 services sélectionnés")
    reader.press("Résilier les services")
    reader.sees("Rien n’est modifié avant votre confirmation")
    reader.press("Confirmer la résiliation")
    reader.sees("Terminé", "Annuler ces résiliations")
    reader.press("Annuler ces résiliations")
    reader.sees("Ces services sont gardés")
    reader.press("Confirmer")
    reader.sees("Terminé")


def test_a_balance_is_added_to_and_the_year_ahead_looked_at(site: str, case: str) -> None:
    with Reader(case, program(case), f"{site}/login?next=/balance") as reader:
        _sign_in(reader, f"saver-{case}@demo.example")
        saves(reader)

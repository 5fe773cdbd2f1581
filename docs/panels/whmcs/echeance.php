<?php

/**
 * Opens the portal for the client who is signed in to WHMCS 8 or later: index.php?m=echeance
 *
 * This file alone is the addon: modules/addons/echeance/echeance.php. What it needs is asked in Setup > Addon Modules.
 */

use WHMCS\Authentication\CurrentUser;

if (!defined('WHMCS')) {
    exit('This file is a part of WHMCS.');
}

const ECHEANCE_LANGUAGES = ['english' => 'en', 'french' => 'fr'];

function echeance_config(): array
{
    return [
        'name' => 'Echeance',
        'description' => 'Opens the services portal for clients: index.php?m=echeance',
        'version' => '1.0',
        'author' => 'Echeance',
        'language' => 'english',
        'fields' => [
            'portal' => ['FriendlyName' => 'Portal', 'Type' => 'text', 'Size' => '60',
                'Description' => 'Its address: https://services.example'],
            'issuer' => ['FriendlyName' => 'This panel', 'Type' => 'text', 'Size' => '60',
                'Description' => 'The issuer and origin in the file of panels: https://panel.acme.example'],
            'secret' => ['FriendlyName' => 'Secret', 'Type' => 'password', 'Size' => '60',
                'Description' => 'As in the file of panels'],
            'prefix' => ['FriendlyName' => 'Handles', 'Type' => 'text', 'Size' => '20',
                'Description' => 'What stands before the number of a client in the handle of its account'],
        ],
    ];
}

function echeance_clientarea(array $vars): array
{
    $client = (new CurrentUser())->client();
    if ($client) {
        try {
            header('Location: ' . echeance_address($vars, (int) $client->id, (string) $client->language), true, 303);
        } catch (RuntimeException $error) {
            logActivity('Echeance: ' . $error->getMessage(), $client->id);
            http_response_code(502);
            echo '<!doctype html><meta charset="utf-8"><title>Echeance</title><p>', htmlspecialchars($error->getMessage()),
                '</p><p><a href="clientarea.php">Back</a></p>';
        }
        exit;
    }
    return ['pagetitle' => 'Echeance', 'breadcrumb' => ['index.php?m=echeance' => 'Echeance'], 'requirelogin' => true];
}

/** Where the portal is open for that client, once and for a minute. Throws RuntimeException in the portal's words. */
function echeance_address(array $vars, int $client, string $language): string
{
    [$now, $locale] = [time(), ECHEANCE_LANGUAGES[$language] ?? ''];
    $token = echeance_signed([
        'iss' => $vars['issuer'],
        'aud' => $vars['portal'],
        'sub' => $vars['prefix'] . $client,
        'iat' => $now,
        'exp' => $now + 60,
        'jti' => bin2hex(random_bytes(16)),
        'origin' => $vars['issuer'],
        'locale' => $locale,
    ], html_entity_decode($vars['secret']));
    $asked = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => "Content-Type: application/json\r\nAccept-Language: $locale\r\n",
        'content' => json_encode(['token' => $token]),
        'ignore_errors' => true,
        'timeout' => 10,
    ]]);
    $answer = @file_get_contents(rtrim($vars['portal'], '/') . '/api/v1/launch-links', false, $asked);
    $told = is_string($answer) ? json_decode($answer, true) : null;
    if (empty($told['url'])) {
        throw new RuntimeException($told ? "$told[message] ($told[error])" : 'The services portal does not answer.');
    }
    return $told['url'];
}

function echeance_signed(array $claims, string $secret): string
{
    $encoded = fn (string $text): string => rtrim(strtr(base64_encode($text), '+/', '-_'), '=');
    $signed = $encoded('{"alg":"HS256","typ":"JWT"}') . '.' . $encoded(json_encode($claims));
    return $signed . '.' . $encoded(hash_hmac('sha256', $signed, $secret, true));
}

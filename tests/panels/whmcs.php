<?php

/** As much of WHMCS as its addon meets: ``php -S`` serves it, with the addon and its settings in the environment. */

namespace WHMCS\Authentication {
    class CurrentUser
    {
        public function client(): ?object
        {
            return isset($_GET['client']) ? (object) ['id' => $_GET['client'], 'language' => 'french'] : null;
        }
    }
}

namespace {
    define('WHMCS', true);

    function logActivity(string $told, int $client): void
    {
        header("X-Logged: $client " . rawurlencode($told));
    }

    require getenv('ADDON');
    $settings = json_decode(getenv('SETTINGS'), true);
    if (array_keys($settings) !== array_keys(echeance_config()['fields'])) {
        throw new LogicException('WHMCS gives an addon what it has asked for');
    }
    echo json_encode(echeance_clientarea($settings));
}

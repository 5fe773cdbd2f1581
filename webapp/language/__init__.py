"""Words and formats: a Speaker made from a language and a territory; knows no request."""

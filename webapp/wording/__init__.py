"""What there is to say, in words: a Speaker in, text out; no request."""

"""What pages share: who asks, in which language, the whole page or a part, what goes wrong."""

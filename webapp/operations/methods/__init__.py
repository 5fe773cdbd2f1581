"""Payment methods: how they are left at the provider, chosen, described and removed."""

"""The smallest plugin: advice beside every agreement."""

"""The draft for parties who work in Word: handed out, and what comes back, for a person to take or leave."""

"""What is said when: pure, values in and values out. No clock, disk, network, chance, Telegram or SQL."""

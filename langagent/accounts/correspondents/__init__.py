"""Those who write to the bot: the accounts behind them, and whether the bot may write back."""

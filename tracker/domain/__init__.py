"""What we exist for: facts, rules, clocks, alerts and figures, pure and without a clock or a name."""

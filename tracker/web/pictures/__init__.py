"""Pictures: pure layouts that turn facts into coordinates; templates draw them."""

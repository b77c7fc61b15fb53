"""One statistic a file, each exporting ``FIGURE``; found by themselves, see docs/adding-a-statistic.md."""

"""What the county itself says on its public site: settings, news, questions, dates, own texts."""

"""The error of all configuration, apart from the models so that naming it loads none of them."""


class ConfigError(ValueError):
    """A configuration file that cannot be used; the message says where and how to mend it."""

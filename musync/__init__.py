"""musync keeps playlists in step.

Imports point one way, from the faces down to the values; packages in one row do not know each other:

    gui | cli | web | testing
    app
    services | store | fetch | lookup | vault
    net
    engine
    domain
"""

__version__ = "0.1.0"

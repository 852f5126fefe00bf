"""What the faces share: reading, matching, writing, and the wizard's states without a window.

Faces make one call into here for a command, a route or a button. No service is named here.
"""

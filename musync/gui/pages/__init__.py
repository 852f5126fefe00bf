"""The pages of the wizard: each shows a state of the session and hands choices back; none knows another."""

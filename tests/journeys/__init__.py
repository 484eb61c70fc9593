"""What a person does in a first week, done with key presses and clicks in the real window."""

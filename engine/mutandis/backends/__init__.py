"""From the norm IR to slots: units per action and in-force interval, and the back ends that read a case for them."""

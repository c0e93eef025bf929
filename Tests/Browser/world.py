"""What all scenarios share: the hub, the browser, and who uses them."""


class World:
    def __init__(self, hub, browser):
        self.hub = hub
        self.browser = browser
        self.ada = self.bob = None
        # Those who write documents.
        self.eve = self.fay = None
        # Who watches the dashboard.
        self.gil = None
        # Those who shop, and their staff.
        self.ivy = self.joe = self.kim = self.lee = None
        self.shelves = None

    @property
    def people(self):
        return (self.ada, self.bob, self.eve, self.fay, self.gil, self.ivy, self.joe, self.kim,
                self.lee)

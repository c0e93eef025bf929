/// What the seed puts into the shop: products, their prices in euro cents, and how many there are.
enum ShopSeed {
    struct Article: Sendable {
        let sku: String
        let title: String
        let category: String
        /// The drawing of the shop's page that shows it.
        let image: String
        let cents: Int64
        let pieces: Int64
        let description: String

        init(
            _ sku: String,
            _ title: String,
            _ category: String,
            _ image: String,
            _ cents: Int64,
            _ pieces: Int64,
            _ description: String
        ) {
            self.sku = sku
            self.title = title
            self.category = category
            self.image = image
            self.cents = cents
            self.pieces = pieces
            self.description = description
        }
    }

    /// From how many pieces down the stock of each is low.
    static let lowStock: Int64 = 5

    static let articles: [Article] = kitchen + home + garden + desk + outdoors + clothes + sound

    private static let kitchen = [
        Article(
            "mug-stoneware",
            "Stoneware mug",
            "Kitchen",
            "mug",
            1490,
            120,
            "Holds 35 cl, keeps warm for the length of a chapter. Fit for the dishwasher."
        ),
        Article(
            "kettle-gooseneck",
            "Gooseneck kettle",
            "Kitchen",
            "kettle",
            6900,
            18,
            "Brushed steel, one litre, with a spout for those who pour slowly."
        ),
        Article(
            "carafe-glass",
            "Glass carafe",
            "Kitchen",
            "carafe",
            3200,
            34,
            "Mouth-blown borosilicate glass with a cork stopper, 1.2 litres."
        ),
        Article(
            "pan-cast-iron",
            "Cast iron pan, 28 cm",
            "Kitchen",
            "pan",
            5400,
            22,
            "Seasoned twice, good for a lifetime, and for induction."
        ),
        Article(
            "knife-chef",
            "Chef's knife",
            "Kitchen",
            "knife",
            8900,
            15,
            "Carbon steel, 20 cm, with a handle of smoked oak."
        ),
        Article(
            "board-walnut",
            "Walnut cutting board",
            "Kitchen",
            "board",
            4600,
            27,
            "End grain, oiled, with a groove for the juice."
        ),
        Article(
            "bowl-set",
            "Set of four bowls",
            "Kitchen",
            "bowl",
            3800,
            40,
            "Four sizes that nest, glazed in the colours of a winter sea."
        ),
        Article(
            "tea-oolong",
            "Oolong tea, 100 g",
            "Kitchen",
            "tea",
            1250,
            200,
            "Half-fermented leaves from a single garden; three infusions at least."
        ),
        Article(
            "coffee-house",
            "House blend coffee, 500 g",
            "Kitchen",
            "bag",
            1390,
            160,
            "Whole beans, roasted on Tuesdays: cocoa, hazelnut and a little plum."
        ),
    ]

    private static let home = [
        Article(
            "lamp-reading",
            "Reading lamp",
            "Home",
            "lamp",
            11900,
            9,
            "Turns warm in the evening by itself. Brass and linen."
        ),
        Article(
            "clock-wall",
            "Wall clock",
            "Home",
            "clock",
            5900,
            14,
            "Silent hands, no numbers, right twice a day even without its battery."
        ),
        Article(
            "blanket-wool",
            "Wool blanket",
            "Home",
            "blanket",
            9800,
            26,
            "Woven of undyed merino, 140 by 200 cm."
        ),
        Article(
            "pillow-linen",
            "Linen pillow",
            "Home",
            "pillow",
            3400,
            48,
            "Stone-washed cover, filling of down and small feathers."
        ),
        Article(
            "candle-cedar",
            "Cedar candle",
            "Home",
            "candle",
            2200,
            75,
            "Rapeseed wax in a glass that is a tumbler afterwards. Burns 45 hours."
        ),
        Article(
            "poster-birds",
            "Poster: birds of the coast",
            "Home",
            "poster",
            2900,
            60,
            "Forty birds on heavy paper, 50 by 70 cm, the sand martin among them."
        ),
        Article(
            "chair-ash",
            "Ash chair",
            "Home",
            "chair",
            24900,
            6,
            "Bent ash with a woven seat. Comes in one piece, stays in one piece."
        ),
    ]

    private static let garden = [
        Article(
            "plant-monstera",
            "Monstera",
            "Garden",
            "plant",
            3900,
            12,
            "About 60 cm tall, forgiving of holidays."
        ),
        Article(
            "cactus-trio",
            "Three small cacti",
            "Garden",
            "cactus",
            1800,
            33,
            "In clay pots. Water when you remember, then not for a while."
        ),
        Article(
            "pot-terracotta",
            "Terracotta pot",
            "Garden",
            "pot",
            1600,
            90,
            "24 cm, with a saucer; ages well outdoors."
        ),
        Article(
            "can-watering",
            "Watering can",
            "Garden",
            "wateringcan",
            4200,
            19,
            "Galvanised steel, five litres, with a rose of brass."
        ),
        Article(
            "shears-garden",
            "Garden shears",
            "Garden",
            "scissors",
            4800,
            17,
            "Forged blades that can be sharpened, and a spring that can be replaced."
        ),
    ]

    private static let desk = [
        Article(
            "notebook-dotted",
            "Dotted notebook",
            "Desk",
            "notebook",
            1690,
            140,
            "192 numbered pages that lie flat, thread-bound."
        ),
        Article(
            "pen-fountain",
            "Fountain pen",
            "Desk",
            "pen",
            7400,
            21,
            "Steel nib, piston filler, and a cap that clicks just so."
        ),
        Article(
            "pencils-graphite",
            "Twelve pencils",
            "Desk",
            "pencil",
            1450,
            85,
            "From 4H to 6B in a tin."
        ),
        Article(
            "keyboard-75",
            "Mechanical keyboard",
            "Desk",
            "keyboard",
            15900,
            11,
            "75 percent, hot-swappable, quiet enough for an office."
        ),
        Article(
            "book-birds",
            "A field guide to swallows",
            "Desk",
            "book",
            2450,
            38,
            "All 90 species, with maps and 600 drawings."
        ),
    ]
}

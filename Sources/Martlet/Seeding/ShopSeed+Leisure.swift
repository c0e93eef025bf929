/// What the seed's shop has for going out, and for staying in with music.
extension ShopSeed {
    static let outdoors = [
        Article(
            "backpack-22",
            "Daypack, 22 litres",
            "Outdoors",
            "backpack",
            8900,
            24,
            "Waxed canvas, a sleeve for a laptop, and no logo to speak of."
        ),
        Article(
            "bottle-steel",
            "Insulated bottle",
            "Outdoors",
            "bottle",
            2990,
            110,
            "Cold for a day, hot for twelve hours, 75 cl."
        ),
        Article(
            "tent-two",
            "Tent for two",
            "Outdoors",
            "tent",
            32900,
            4,
            "1.9 kg with everything. Two doors, no quarrels."
        ),
        Article(
            "lantern-camp",
            "Camp lantern",
            "Outdoors",
            "lantern",
            4500,
            29,
            "Dims down to a candle; charges from the sun or by cable."
        ),
        Article(
            "compass-field",
            "Field compass",
            "Outdoors",
            "compass",
            3600,
            31,
            "Sapphire bearing, mirror, and a declination scale."
        ),
        Article(
            "umbrella-storm",
            "Storm umbrella",
            "Outdoors",
            "umbrella",
            5200,
            45,
            "Tested in a wind tunnel up to 110 km/h; people mostly let go before."
        ),
    ]

    static let clothes = [
        Article(
            "sweater-merino",
            "Merino sweater",
            "Clothes",
            "sweater",
            11900,
            30,
            "Knitted in one piece, mended for free for as long as we exist."
        ),
        Article(
            "socks-hiking",
            "Hiking socks, three pairs",
            "Clothes",
            "socks",
            3300,
            95,
            "Wool where it is cold, mesh where it is hot."
        ),
        Article(
            "scarf-lambswool",
            "Lambswool scarf",
            "Clothes",
            "scarf",
            4900,
            41,
            "180 cm of something to hold on to in January."
        ),
        Article(
            "cap-wool",
            "Wool cap",
            "Clothes",
            "cap",
            3500,
            3,
            "Lined with cotton. The last of this winter's."
        ),
        Article(
            "tee-organic",
            "Organic cotton tee",
            "Clothes",
            "tee",
            2900,
            180,
            "Heavy jersey, 220 g, cut straight."
        ),
    ]

    static let sound = [
        Article(
            "headphones-studio",
            "Studio headphones",
            "Sound",
            "headphones",
            17900,
            13,
            "Closed back, replaceable everything, and a cable that doesn't creak."
        ),
        Article(
            "speaker-shelf",
            "Shelf speaker",
            "Sound",
            "speaker",
            24900,
            8,
            "Fills a room without shaking the neighbour's glasses."
        ),
        Article(
            "turntable-belt",
            "Belt-drive turntable",
            "Sound",
            "turntable",
            38900,
            5,
            "With a cartridge that is worth the records."
        ),
        Article(
            "radio-kitchen",
            "Kitchen radio",
            "Sound",
            "radio",
            12900,
            0,
            "Two knobs: louder, and something else. Back soon."
        ),
    ]
}

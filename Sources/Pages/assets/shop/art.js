/** The picture of a product: its own where it has one, else a drawing chosen by its words. */

import { hue } from '../chat/avatar.js';
import { h } from '../chat/dom.js';
import { drawings } from './drawings.js';

const svg = 'http://www.w3.org/2000/svg';

// The first that fits is taken, so that particular words stand before general ones.
const words = [
    ['wateringcan', /watering/], ['earbuds', /ear ?buds|earphone/],
    ['headphones', /headphone|headset/],
    ['speaker', /speaker|sound/], ['turntable', /turntable|record|vinyl/], ['radio', /radio/],
    ['keyboard', /keyboard/], ['watch', /watch/], ['phone', /phone|tablet|charger|cable|power/],
    ['notebook', /notebook|journal|planner|diary|sketch/], ['pencil', /pencil|crayon|brush|marker/],
    ['pen', /\bpens?\b|\bink\b/], ['book', /book|guide|atlas|novel|magazine/],
    ['poster', /poster|print|map|frame|card|calendar/], ['scissors', /scissor|shear/],
    ['lantern', /lantern|torch|headlamp/], ['lamp', /lamp|light/], ['candle', /candle|incense/],
    ['clock', /clock|timer/], ['compass', /compass/], ['bicycle', /bicycle|bike|cycl/],
    ['tent', /tent|tarp|hammock/], ['backpack', /backpack|rucksack|daypack/],
    ['umbrella', /umbrella|parasol/], ['kettle', /kettle|teapot/],
    ['tea', /\bteas?\b|chamomile|rooibos/], ['mug', /mug|cup|espresso|tumbler/],
    ['bag', /bean|coffee|seed|flour|spice|salt|granola|\bbags?\b|tote|pouch|chocolate|honey/],
    ['carafe', /carafe|jug|vase|decanter|glass/], ['bottle', /bottle|flask|thermos|\boil\b|soap/],
    ['bowl', /bowl/], ['plate', /plate|dish/], ['board', /board|tray/],
    ['pan', /\bpans?\b|skillet|\bwok\b|oven/], ['knife', /knife|knives|blade|axe|tool/],
    ['cactus', /cactus|succulent/], ['plant', /plant|monstera|fern|ficus|tree|herb|leaf/],
    ['pot', /\bpots?\b|planter|terracotta/], ['chair', /chair|stool|sofa|desk|table|shelf/],
    ['pillow', /pillow|cushion/], ['blanket', /blanket|towel|throw|linen|sheet|rug|mat/],
    ['sweater', /sweater|jumper|hoodie|cardigan|pullover|fleece/],
    ['jacket', /jacket|coat|parka|vest|shell/], ['socks', /sock/], ['scarf', /scarf|shawl/],
    ['cap', /\bcaps?\b|hat|beanie/], ['boots', /boot/], ['shoe', /shoe|sneaker|trainer|sandal/],
    ['tee', /shirt|\btee\b|\btop\b|apron/], ['ring', /\brings?\b|necklace|earring|jewel/],
    ['toy', /toy|block|puzzle|game|dice|cube|ball/],
];

export function art({ sku = '', title = '', image = '', category = '' }) {
    const picture = h('span', { class: 'art', 'aria-hidden': 'true' });
    picture.style.setProperty('--hue', String(hue(sku || title)));
    picture.append(drawing(nameFor(sku, title, image, category)));
    // The policy of the page lets in nothing but the hub's own.
    if (/^\/[^/]/.test(image) || image.startsWith('data:image/')) {
        const photo = h('img', { src: image, alt: '', loading: 'lazy', decoding: 'async' });
        photo.addEventListener('load', () => picture.replaceChildren(photo));
        photo.addEventListener('error', () => photo.remove());
        photo.className = 'art-loading';
        picture.append(photo);
    }
    return picture;
}

function nameFor(sku, title, image, category) {
    if (Object.hasOwn(drawings, image)) return image;
    for (const text of [title, sku, category]) {
        const found = words.find(([, pattern]) => pattern.test(text.toLowerCase()));
        if (found) return found[0];
    }
    return 'box';
}

function drawing(name) {
    const element = document.createElementNS(svg, 'svg');
    element.setAttribute('viewBox', '0 0 120 120');
    for (const [tone, d] of drawings[name]) {
        const path = document.createElementNS(svg, 'path');
        path.setAttribute('class', `tone-${tone}`);
        path.setAttribute('d', d);
        element.append(path);
    }
    return element;
}

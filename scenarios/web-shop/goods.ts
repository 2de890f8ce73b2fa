/** A kind of product: what it can be called, what it can be, and in what it can be had. */
export type Category = Readonly<{
  name: string
  /** Words that stand before the name of the category in a title. */
  styles: readonly string[]
  /** Words that stand behind it, after a comma. */
  details: readonly string[]
  /** What a product can be; never part of a title. */
  attributes: readonly string[]
  sizes: readonly string[]
}>

const words = (text: string): readonly string[] => text.split(' ')

/** Words that titles begin with. They say nothing of the product. */
export const series = words('Birch Cedar Dune Fjord Grove Heath Juniper Larch Meadow Pine')

/** The colors that products come in. */
export const colors = words('black white olive navy sand rust grey')

const clothing = words('XS S M L XL')
const sizes = words('small medium large')

/** All kinds of products. The names are ours; nothing was taken from a real shop. */
export const categories: readonly Category[] = [
  {
    name: 'Shirt',
    styles: words('Camp Polo Work Dress Rally Deck'),
    details: words('Slim Loose Buttoned Collared Pocketed Plain Striped'),
    attributes: words(
      'breathable washable stretchy wrinkle-free quick-drying organic recycled odorless soft reversible tailored lined',
    ),
    sizes: clothing,
  },
  {
    name: 'Shoe',
    styles: words('Trail City Court Walking Sailing Racing'),
    details: words('Low-Cut Mid High-Top Laced Strapped Padded Knit'),
    attributes: words(
      'waterproof lightweight breathable washable non-slip vegan insulated cushioned flexible odorless recycled resoleable',
    ),
    sizes: words('38 40 42 44 46'),
  },
  {
    name: 'Lamp',
    styles: words('Desk Floor Reading Corner Clip Globe'),
    details: words('Brass Oak Linen Paper Glass Steel Woven'),
    attributes: words(
      'dimmable rechargeable foldable adjustable flicker-free portable waterproof magnetic silent shatterproof glare-free programmable',
    ),
    sizes: [...sizes, 'tall', 'mini'],
  },
  {
    name: 'Headset',
    styles: words('Studio Travel Office Gaming Field Stage'),
    details: words('Over-Ear On-Ear Boomed Banded Classic Duo Solo'),
    attributes: words(
      'wireless noise-cancelling foldable rechargeable lightweight sweatproof adjustable washable detachable low-latency tangle-free repairable',
    ),
    sizes: [...sizes, 'kids', 'wide'],
  },
  {
    name: 'Kettle',
    styles: words('Pour Whistle Camp Tea Barista Bistro'),
    details: words('Gooseneck Enamel Steel Glass Copper Domed Ribbed'),
    attributes: words(
      'cordless insulated quiet rustproof dishwasher-safe programmable fast-boiling stackable leakproof induction-ready self-closing descalable',
    ),
    sizes: [...sizes, 'single', 'family'],
  },
  {
    name: 'Rug',
    styles: words('Hall Hearth Garden Loft Nursery Porch'),
    details: words('Flat Tufted Braided Fringed Checked Bordered Plain'),
    attributes: words(
      'washable non-slip stain-resistant handmade reversible fireproof hypoallergenic waterproof soft fade-resistant recycled shed-free',
    ),
    sizes: [...sizes, 'round', 'runner'],
  },
  {
    name: 'Backpack',
    styles: words('Day Trek Commuter Summit Weekend Cargo'),
    details: words('Rolltop Zipped Buckled Slim Paneled Corded Classic'),
    attributes: words(
      'waterproof lightweight padded lockable expandable ventilated tearproof reflective foldable vegan recycled machine-washable',
    ),
    sizes: words('15 20 25 30 40'),
  },
  {
    name: 'Chair',
    styles: words('Dining Lounge Garden Studio Patio Rocking'),
    details: words('Armless Winged Slatted Curved Oak Cane Upright'),
    attributes: words(
      'stackable foldable adjustable weatherproof ergonomic cushioned swivelling washable sturdy scratch-resistant lightweight handmade',
    ),
    sizes: [...sizes, 'low', 'wide'],
  },
]

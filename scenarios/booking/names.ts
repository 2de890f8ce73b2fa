/** The cities that flights connect. */
export const cities = [
  'Athens',
  'Bergen',
  'Dublin',
  'Geneva',
  'Krakow',
  'Lisbon',
  'Malaga',
  'Porto',
  'Riga',
  'Tallinn',
  'Vienna',
  'Zagreb',
] as const

/** The names that hotels can have, more than one world needs. */
export const hotelNames: readonly string[] = [
  ...['Anker', 'Aurora', 'Belmont', 'Bristol', 'Carlton', 'Central', 'Corona', 'Delta', 'Diana'],
  ...['Esplanade', 'Europa', 'Flora', 'Gloria', 'Helios', 'Hera', 'Juno', 'Krone', 'Linde'],
  ...['Luna', 'Marina', 'Metropol', 'Mira', 'Neptun', 'Orion', 'Palace', 'Regent', 'Rialto'],
  ...['Savoy', 'Sonne', 'Terminus', 'Union', 'Victoria'],
].map((name) => `Hotel ${name}`)

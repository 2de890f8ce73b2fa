import type { World } from '../../../scenarios/booking/world.js'

const flight = { from: 'Porto', to: 'Vienna', date: '2031-05-14' }

/** A few offers: a flight that is full, one that is nearly, one back, and three hotels in two cities. */
export const sample: World = {
  flights: [
    { id: 'F218', ...flight, departs: '11:40', price: 120, seats: 4 },
    { id: 'F300', ...flight, departs: '12:05', price: 80, seats: 0 },
    { id: 'F301', ...flight, from: 'Vienna', to: 'Porto', departs: '06:00', price: 99, seats: 9 },
  ],
  hotels: [
    { id: 'H031', name: 'Hotel Anker', city: 'Vienna', stars: 4, breakfast: true, price: 95 },
    { id: 'H032', name: 'Hotel Luna', city: 'Vienna', stars: 2, breakfast: false, price: 50 },
    { id: 'H400', name: 'Hotel Krone', city: 'Porto', stars: 3, breakfast: true, price: 70 },
  ],
}

import { foundCity, openSmallCity } from './support/small-city.ts';
const c = await openSmallCity(process.argv[2]!); await foundCity(c); await c.close();

export { listingKey, type MatchedLine, matchLines } from './match-lines.ts'
export { matchListings, unmatchListing } from './match-listings.ts'
export { catalogue } from './module.ts'
export { saveListings } from './save-listings.ts'

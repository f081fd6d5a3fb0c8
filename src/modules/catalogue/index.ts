export { type LineListing, listingKey, type MatchedLine, matchLines } from './match-lines.ts'
export { matchListings, unmatchListing } from './match-listings.ts'
export { catalogue } from './module.ts'
export { type PulledListings, type SavedListings, saveListings } from './save-listings.ts'

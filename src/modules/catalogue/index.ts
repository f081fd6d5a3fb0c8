export { type LineListing, listingKey, type MatchedLine, matchLines } from './match-lines.ts'

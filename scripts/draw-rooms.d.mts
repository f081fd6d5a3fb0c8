export declare function mayImport(from: string, to: string): boolean
export declare function moduleLines(): string[][]
export declare function drawRooms(): string
export declare function withDrawing(text: string): string

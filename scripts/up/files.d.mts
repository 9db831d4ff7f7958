export function makeDataDirectory(directory: string): void;
export function readJson(file: string): unknown;
export function writePrivateJson(file: string, value: unknown): void;

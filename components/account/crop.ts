/** What the sliders say: how far in (0 = the whole shorter side), and where in what is left over (0–1). */
export interface CropDraft {
  readonly zoom: number;
  readonly horizontal: number;
  readonly vertical: number;
}

export const WHOLE: CropDraft = { zoom: 0, horizontal: 0.5, vertical: 0.5 };
const SMALLEST = 0.2;

/**
 * The square that sliders mean, in shares: `size` of the shorter side, `left` and `top` of the picture's own sides.
 *
 * @param width of the picture, in any unit
 */
export function squareOf(draft: CropDraft, width: number, height: number): { left: number; top: number; size: number } {
  const size = 1 - draft.zoom * (1 - SMALLEST);
  const side = Math.min(width, height) * size;
  return {
    size,
    left: ((width - side) / width) * draft.horizontal,
    top: ((height - side) / height) * draft.vertical,
  };
}

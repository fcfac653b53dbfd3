import type { Range } from '../degradation/draw';

/** Polylines drawn by hand: whole numbers of all ranges, both ends included. */
export interface StrokeSettings {
  readonly strokes: Range;
  /** Segments of each. */
  readonly segments: Range;
  /** In pixels, of each segment. */
  readonly width: Range;
  /** In pixels, of each segment. */
  readonly length: Range;
}

/** Upright boxes: whole numbers of all ranges, both ends included. */
export interface BoxSettings {
  readonly boxes: Range;
  /** Width and height in pixels; no more than the picture has between its margins. */
  readonly side: Range;
  /** Pixels at the picture's border that stay free. */
  readonly margin: number;
}

/** From which distribution a mask is drawn. */
export interface MaskSettings {
  readonly strokes: StrokeSettings;
  readonly boxes: BoxSettings;
  /** How likely a mask is of boxes; else it is of strokes. */
  readonly boxProbability: number;
  /** The largest part of a picture that a mask may cover: those that cover more are drawn again. */
  readonly mostCovered: number;
}

/** LaMa's masks for training, at 256 × 256. */
export const trainingMasks: MaskSettings = {
  strokes: { strokes: [1, 5], segments: [1, 5], width: [5, 104], length: [10, 209] },
  boxes: { boxes: [1, 4], side: [30, 150], margin: 10 },
  boxProbability: 0.5,
  mostCovered: 1,
};

/** LaMa's narrow masks for evaluation, at 512 × 512. */
export const narrowMasks: MaskSettings = {
  strokes: { strokes: [4, 70], segments: [1, 5], width: [5, 24], length: [10, 109] },
  boxes: trainingMasks.boxes,
  boxProbability: 0,
  mostCovered: 0.5,
};

/** LaMa's wide masks for evaluation, at 512 × 512. */
export const wideMasks: MaskSettings = {
  strokes: { strokes: [1, 5], segments: [1, 5], width: [5, 254], length: [10, 459] },
  boxes: { boxes: [1, 4], side: [30, 300], margin: 10 },
  boxProbability: 0.3 / 1.3,
  mostCovered: 0.5,
};

/** A task in the visitor's words. */
export interface TaskWords {
  readonly id: string;
  readonly label: string;
  /** What it is good for, in one sentence. */
  readonly hint: string;
  /** Whether the visitor marks a region. */
  readonly mask: boolean;
}

export const tasks: readonly [TaskWords, ...TaskWords[]] = [
  { id: 'deblur', label: 'Sharpen', hint: 'Takes out the blur of a shaking hand.', mask: false },
  { id: 'sr', label: 'Enlarge', hint: 'Makes small, clean pictures larger.', mask: false },
  {
    id: 'real-sr',
    label: 'Enlarge & clean',
    hint: 'Makes small pictures larger and takes out noise and JPEG traces.',
    mask: false,
  },
  { id: 'inpaint', label: 'Fill in', hint: 'Replaces what you paint over.', mask: true },
];

export function findTask(id: string): TaskWords {
  return tasks.find((task) => task.id === id) ?? tasks[0];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** The largest size of a picture's proportions that fits, in whole pixels; zero where there is no room. */
export function fitSize(picture: Size, room: Size): Size {
  const scale = Math.min(room.width / picture.width, room.height / picture.height);
  if (!(scale > 0)) return { width: 0, height: 0 };
  return { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) };
}

"""Fills holes as OpenCV does (Telea 2004), to measure inpainting models against.

    diffir degrade photos -o holes --task inpaint --recipe narrow-masks --masks masks
    python3 bench/peers/telea.py holes masks telea
    diffir eval --gt photos --lq telea --metrics psnr,lpips --metric-weights weights

Needs python3-opencv. The radius of 3 pixels is that of OpenCV's own example.
"""

import argparse
from pathlib import Path

import cv2

RADIUS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("images", type=Path, help="folder of images with holes")
    parser.add_argument("masks", type=Path, help="folder of masks of their names; what is white is filled")
    parser.add_argument("output", type=Path, help="folder for the results")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    for path in sorted(arguments.images.iterdir()):
        image = cv2.imread(str(path), cv2.IMREAD_COLOR)
        mask = cv2.imread(str(arguments.masks / path.name), cv2.IMREAD_GRAYSCALE)
        if image is None or mask is None:
            parser.error(f"{path} or its mask cannot be read")
        filled = cv2.inpaint(image, mask, RADIUS, cv2.INPAINT_TELEA)
        if not cv2.imwrite(str(arguments.output / path.name), filled):
            parser.error(f"{arguments.output / path.name} cannot be written")


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""Writes fp4-and-low-bit.tsv: what llama.cpp's ggml makes of the rows described below; GoldenRows makes the same.

usage: make_golden.py LIBDIR > fp4-and-low-bit.tsv
LIBDIR holds libggml-base.so, as the folder bins/linux-x64 of the npm package @node-llama-cpp/linux-x64 does.
"""
import ctypes
import hashlib
import os
import struct
import sys

TYPES = {"MXFP4": (39, 32, 17), "NVFP4": (40, 64, 36), "Q1_0": (41, 128, 18), "Q2_0": (42, 64, 18)}
ROWS, ROW_LENGTH, RANDOM_BLOCKS = 64, 512, 4096
MASK = (1 << 64) - 1


class SplitMix64:
    def __init__(self, seed):
        self.state = seed

    def next(self):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return z ^ (z >> 31)


def bits(value):
    return struct.unpack("<I", struct.pack("<f", value))[0]


def finite(pattern):
    return pattern & ~(1 << 30) if pattern & 0x7F800000 == 0x7F800000 else pattern


# Each case: bits of one float from the element's number z and its group's number p.
CASES = {
    "uniform": lambda z, p: bits(((z >> 40) - (1 << 23)) * 2.0 ** (p % 41 - 53)),
    "any-finite": lambda z, p: finite(z >> 32),
    "ties": lambda z, p: bits((z % 49 - 24) * 0.25 * 2.0 ** (p % 31 - 15)),
    "subnormal": lambda z, p: (z >> 32 & 0x80000000) | ((z & 0x7FFFFF) >> (p % 24)),
    "sparse": lambda z, p: {0: bits(((z >> 40) - (1 << 23)) * 2.0**-23), 1: 0x80000000}.get(z & 15, 0),
    "constant": lambda z, p: finite(p >> 32),
    "huge": lambda z, p: (z >> 32 & 0x80FFFFFF) + 0x7E800000,
    "below-powers-of-two": lambda z, p: (z >> 32 & 0x80000000) | ((p % 255 + 1 << 23) - 1 - (p >> 32) % 64 - z % 4),
}


def rows(seed, case):
    random = SplitMix64(seed)
    out = []
    for i in range(ROWS * ROW_LENGTH):
        if i % 32 == 0:
            p = random.next()
        out.append(CASES[case](random.next(), p))
    return (ctypes.c_uint32 * len(out))(*out)


def importance():
    random = SplitMix64(1000)
    return (ctypes.c_float * ROW_LENGTH)(*[((random.next() >> 40) + 1) * 2.0**-24 for _ in range(ROW_LENGTH)])


def random_blocks(count):
    random = SplitMix64(2000)
    return b"".join(struct.pack("<Q", random.next()) for _ in range((count + 7) // 8))[:count]


class InitParams(ctypes.Structure):
    _fields_ = [("mem_size", ctypes.c_size_t), ("mem_buffer", ctypes.c_void_p), ("no_alloc", ctypes.c_bool)]


def main():
    ggml = ctypes.CDLL(os.path.join(sys.argv[1], "libggml-base.so"))
    ggml.ggml_init.argtypes = [InitParams]
    ggml.ggml_init.restype = ctypes.c_void_p
    ggml.ggml_init(InitParams(1 << 20, None, False))
    ggml.ggml_quantize_chunk.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p] + [ctypes.c_int64] * 3 + [ctypes.c_void_p]
    ggml.ggml_quantize_chunk.restype = ctypes.c_size_t
    print("# type\tcase\timportance\tsha256")
    for name, (number, length, size) in TYPES.items():
        decode = getattr(ggml, "dequantize_row_" + name.lower())
        decode.argtypes = [ctypes.c_char_p, ctypes.c_void_p, ctypes.c_int64]
        for seed, case in enumerate(CASES):
            for weights in (None, importance()):
                out = ctypes.create_string_buffer(ROWS * ROW_LENGTH // length * size)
                written = ggml.ggml_quantize_chunk(number, rows(seed, case), out, 0, ROWS, ROW_LENGTH, weights)
                assert written == len(out)
                print(name, case, "no" if weights is None else "yes", hashlib.sha256(out.raw).hexdigest(), sep="\t")
        floats = (ctypes.c_uint32 * (RANDOM_BLOCKS * length))()
        decode(random_blocks(RANDOM_BLOCKS * size), floats, len(floats))
        quiet = (ctypes.c_uint32 * len(floats))(*[0x7FC00000 if f & 0x7FFFFFFF > 0x7F800000 else f for f in floats])
        print(name, "decoded-random-blocks", "no", hashlib.sha256(bytes(quiet)).hexdigest(), sep="\t")


main()

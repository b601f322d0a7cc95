#!/usr/bin/env python3
"""A device that signs frames (frame.md), with nothing but Python's standard library. Prints one frame a line, in hex.
usage: example-device.py [KEY [CHAIN_ID [REGISTRY [FRAMES [T0_MS]]]]]     without arguments: the worked example
Its arithmetic takes longer for some keys than for others: read it, port it, but keep a real key in a secure element."""
import hmac, sys
from struct import pack, unpack_from
P, N = 2**256 - 2**32 - 977, 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
G = (0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
     0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8)
def rot(v, n): return (v << n | v >> 64 - n) & 2**64 - 1
def keccak256(data):
    s, lanes, n = [[0] * 5 for _ in range(5)], range(5), 136 - len(data) % 136
    data += (0x01 | 0x80 << 8 * (n - 1)).to_bytes(n, "little")
    for at in range(0, len(data), 136):
        for i in range(17): s[i % 5][i // 5] ^= unpack_from("<Q", data, at + 8 * i)[0]
        lfsr = 1
        for _ in range(24):
            c = [a[0] ^ a[1] ^ a[2] ^ a[3] ^ a[4] for a in s]
            s = [[v ^ c[x - 1] ^ rot(c[(x + 1) % 5], 1) for v in s[x]] for x in lanes]
            x, y, lane = 1, 0, s[1][0]
            for t in range(24):
                x, y = y, (2 * x + 3 * y) % 5
                lane, s[x][y] = s[x][y], rot(lane, (t + 1) * (t + 2) // 2 % 64)
            s = [[s[x][y] ^ ~s[(x + 1) % 5][y] & s[(x + 2) % 5][y] for y in lanes] for x in lanes]
            for j in range(7): s[0][0], lfsr = s[0][0] ^ (lfsr & 1) << (1 << j) - 1, lfsr << 1 ^ (lfsr >> 7) * 0x171
    return pack("<4Q", *(s[i][0] for i in range(4)))
def add(a, b):
    m = 3 * a[0] ** 2 * pow(2 * a[1], -1, P) if a == b else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (m * m - a[0] - b[0]) % P
    return x, (m * (a[0] - x) - a[1]) % P
def multiply(k):  # k times the generator, one bit after the other
    return G if k == 1 else add(multiply(k - 1), G) if k % 2 else add(*2 * [multiply(k // 2)])
def word(v): return (v if isinstance(v, bytes) else v.to_bytes(32, "big")).rjust(32, b"\0")
def hashed(*words): return keccak256(b"".join(map(word, words)))
def sign(key, digest):  # ECDSA with the nonce of RFC 6979, section 3.2, and low s
    k, v = bytes(32), b"\1" * 32
    for step in b"\0", b"\1":
        k = hmac.digest(k, v + step + word(key) + word(int.from_bytes(digest, "big") % N), "sha256")
        v = hmac.digest(k, v, "sha256")
    nonce = int.from_bytes(hmac.digest(k, v, "sha256"), "big")  # 0, or N and above, comes once in 2^128 tries
    r = multiply(nonce)[0] % N
    s = pow(nonce, -1, N) * (int.from_bytes(digest, "big") + r * key) % N
    return word(r) + word(min(s, N - s))
FRAME = (b"Frame(uint8 version,uint8 curve,address device,uint32 epoch,uint64 seqFirst,bytes32 prevFrameHash,"
         b"uint64 t0,uint16 count,bytes readings)")
key, chain, registry, frames, t0 = sys.argv[1:] + [
    "f6834fb90581499be8583a77bf9bf31b02a5d69a94b7cb8d68f7a5f97489ce46", "31337",
    "5fbdb2315678afecb367f032d93f642f64180aa3", "1", "1750000000000"][len(sys.argv) - 1:]
key, chain, registry, t0 = int(key, 16), int(chain), int(registry, 16).to_bytes(20, "big"), int(t0)
epoch, seq, prev = 0, 0, bytes(32)
device = hashed(*multiply(key))[12:]
for _ in range(int(frames)):
    readings = [(0, 1, 0, 1, 1250), (0, 2, -1, 1, 2304), (5000, 1, 0, 1, 1310), (5000, 2, -1, 1, 2298)]
    body = b"".join(pack(">IHbBq", *reading) for reading in readings)  # dt, metric, scale, flags, value
    head = pack(">4sBBQ20s20sIQ32sQH", b"CTF1", 1, 1, chain, registry, device, epoch, seq, prev, t0, len(readings))
    domain = hashed(keccak256(b"EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"),
                    keccak256(b"Veracity Frame"), keccak256(b"1"), chain, registry)
    struct = hashed(keccak256(FRAME), 1, 1, device, epoch, seq, prev, t0, len(readings), keccak256(body))
    print((head + body + sign(key, keccak256(b"\x19\x01" + domain + struct))).hex())
    seq, prev, t0 = seq + len(readings), keccak256(head + body), t0 + 10000

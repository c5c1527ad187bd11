"""Prints the events of a log as lines of JSON: python3 read_log.py FOLDER (docs/log-format.md)."""
import json, os, re, struct, sys, uuid, zlib

EVENT, STREAM, TYPE, SHAPE = 1, 2, 3, 4
FIXED = {0xCA: ">f", 0xCB: ">d", 0xCC: ">B", 0xCD: ">H", 0xCE: ">I", 0xCF: ">Q",
         0xD0: ">b", 0xD1: ">h", 0xD2: ">i", 0xD3: ">q"}
SIZED = {0xC4: (">B", "bin"), 0xC5: (">H", "bin"), 0xC6: (">I", "bin"), 0xD9: (">B", "str"),
         0xDA: (">H", "str"), 0xDB: (">I", "str"), 0xDC: (">H", "array"), 0xDD: (">I", "array"),
         0xDE: (">H", "map"), 0xDF: (">I", "map")}


class Payload:
    """MessagePack whose objects name a shape; `own` are those that this payload defines."""

    def __init__(self, data, shapes):
        self.data, self.at, self.shapes, self.own = data, 0, shapes, {}

    def take(self, form):
        (value,) = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return value

    def value(self):
        token = self.take(">B")
        if token < 0x40: return token
        if token < 0x60: return self.object(token - 0x40)
        if token < 0x80: return self.object(token - 0x40 + 32 * self.take(">B"))
        if token < 0x90: return self.sized("map", token - 0x80)
        if token < 0xA0: return self.sized("array", token - 0x90)
        if token < 0xC0: return self.sized("str", token - 0xA0)
        if token >= 0xE0: return token - 0x100
        if token in FIXED: return self.take(FIXED[token])
        if token in SIZED: return self.sized(SIZED[token][1], self.take(SIZED[token][0]))
        if token in (0xD4, 0xD5) and self.take(">B") == 0x72: return self.defined(token)
        return {0xC0: None, 0xC2: False, 0xC3: True}[token]

    def defined(self, token):
        number = self.take(">B") - 0x40 + (32 * self.take(">B") if token == 0xD5 else 0)
        self.own[number] = self.value()
        return self.object(number)

    def object(self, number):
        keys = self.own[number] if number in self.own else self.shapes[number]
        return {key: self.value() for key in keys}

    def sized(self, kind, count):
        if kind == "array": return [self.value() for _ in range(count)]
        if kind == "map": return {self.value(): self.value() for _ in range(count)}
        self.at += count
        part = self.data[self.at - count:self.at]
        return part.decode() if kind == "str" else part.hex()


def payload(kind, data, shapes):
    return Payload(data, shapes).value() if kind == 0 else json.loads(data) if kind == 1 else data.hex()


def records(path, is_last):
    """The base of a segment with each of its records, up to its end or, in the last, a torn end."""
    data = open(path, "rb").read()
    magic, form, base, crc = (*struct.unpack_from("<IH22xd", data), *struct.unpack_from("<I", data, 60))
    if (magic, form, crc) != (0x4C424D4C, 1, zlib.crc32(data[:60])): sys.exit(f"{path}: no segment")
    at = 64
    while at + 24 <= len(data):
        magic, size, count, _, _, crc = struct.unpack_from("<6I", data, at)
        is_whole = magic == 0x454D5246 and at + size <= len(data)
        if not is_whole or crc != zlib.crc32(data[at + 24:at + size], zlib.crc32(data[at:at + 20])): break
        record = at + 24
        for _ in range(count):
            (length,) = struct.unpack_from("<I", data, record)
            yield base, data[record:record + length]
            record += length
        at += size
    if at < len(data) and not is_last: sys.exit(f"{path} is damaged at byte {at}")


def events(folder):
    paths = {name: os.path.join(folder, name) for name in os.listdir(folder)}
    if "archive.json" in paths:
        moved = json.load(open(paths["archive.json"]))
        paths = {**{m["name"]: os.path.join(m["folder"], m["name"]) for m in moved}, **paths}
    names, known = sorted(n for n in paths if re.fullmatch(r"\d{8}\.seg", n)), {2: [], 3: [], 4: []}
    for base, record in (r for n in names for r in records(paths[n], n == names[-1])):
        offset, kind, kinds, type_, number, revision, created, length = struct.unpack_from(
            "<IBBHIIdI", record, 8)
        data, metadata = record[52:52 + length], record[52 + length:]
        if kind != EVENT:
            known[kind].append(json.loads(data))
            continue
        yield {"id": str(uuid.UUID(bytes=record[36:52])), "stream": known[STREAM][number],
               "revision": revision, "position": int(base) + offset, "created": created,
               **known[TYPE][type_], "data": payload(kinds & 3, data, known[SHAPE]),
               "metadata": payload(kinds >> 2, metadata, known[SHAPE])}


for event in events(sys.argv[1]):
    print(json.dumps(event))

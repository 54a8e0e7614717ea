"""Says of letters what Python's email package finds in them: a second opinion.

Standard input: for each letter a line with its length in bytes, then the
letter. Standard output: a line of JSON for each."""
import email, email.header, email.utils, json, sys


def words(value):
    if value is None:
        return ""
    try:
        return str(email.header.make_header(email.header.decode_header(value)))
    except Exception:
        return str(value)


def names(message):
    found = []
    for part in message.walk():
        try:
            name = part.get_filename()
        except Exception:
            continue
        if name:
            found.append(words(name))
    return found


def opinion(raw):
    try:
        message = email.message_from_bytes(raw)
        sender = email.utils.getaddresses([str(message.get("from", ""))])
        return {
            "Subject": words(message.get("subject")),
            "From": sender[0][1] if sender else "",
            "Names": names(message),
        }
    except Exception as error:
        return {"Failed": repr(error)}


def main():
    source = sys.stdin.buffer
    while line := source.readline():
        found = opinion(source.read(int(line)))
        print(json.dumps(found).encode("utf-8", "replace").decode())


main()

"""The people of the invented office; every name says that it is invented.

The first advocate and the first lawyer have no quiet hours, so that the demonstration shows messages at any hour.
Phone numbers are from the range +44 7700 900000 to 900999, which belongs to nobody: Ofcom keeps it for films and plays.
"""

from typing import Any

PEOPLE: tuple[dict[str, Any], ...] = (
    {
        "id": "N1", "name": "Jelena Primerović", "role": "ADVOCATE", "phone": "+447700900101", "email": "jelena@primer.example",
        "language": "en", "sms_detail": "PLACE", "quiet_from": "00:00", "quiet_to": "00:00", "backup": "N2",
    },
    {
        "id": "N2", "name": "Đurđica Izmišljenović", "role": "ADVOCATE", "phone": "+447700900102", "email": "djurdjica@primer.example",
        "language": "sr-Latn", "sms_detail": "TIME", "quiet_from": "20:00", "quiet_to": "08:00", "backup": "N1",
    },
    {
        "id": "N3", "name": "Žarko Probanović", "role": "ADVOCATE", "phone": "+447700900103", "email": "zarko@primer.example",
        "language": "sr-Latn", "sms_detail": "CODE", "backup": "N1",
    },
    {
        "id": "L1", "name": "Čedomir Uzorković", "role": "LAWYER", "phone": "+447700900111", "email": "cedomir@primer.example",
        "language": "sr-Latn", "sms_detail": "PLACE", "quiet_from": "00:00", "quiet_to": "00:00", "backup": "L2",
    },
    {
        "id": "L2", "name": "Šćepan Ogledović", "role": "LAWYER", "phone": "+447700900112", "email": "scepan@primer.example",
        "language": "en", "sms_detail": "TIME", "backup": "L1",
    },
    {
        "id": "S1", "name": "Ljiljana Zamišljenović", "role": "SUPERVISOR", "phone": "+447700900121", "email": "ljiljana@primer.example",
        "language": "sr-Latn",
    },
    {"id": "B1", "name": "Ненад Примерак", "role": "ANALYST", "email": "nenad@primer.example", "language": "sr-Cyrl"},
    {"id": "U1", "name": "Stana Nepostojić", "role": "STEWARD", "email": "stana@primer.example", "language": "sr-Latn"},
    {"id": "T1", "name": "Žaneta Testić", "role": "ADMIN", "email": "zaneta@primer.example", "language": "en"},
)  # fmt: skip

SUPERVISED = ("S1", ("N1", "N2", "N3", "L1", "L2"))
"""Who answers for whom; the exchange format does not say."""

SIGN_INS = (("jelena", "N1"), ("cedomir", "L1"), ("ljiljana", "S1"), ("nenad", "B1"), ("stana", "U1"), ("zaneta", "T1"))
"""Sign-in names and the people they belong to, one of each role; the first one has the richest board."""

PSEUDONYMS = (
    "Breza", "Lasta", "Jela", "Kupina", "Višnja", "Dunja", "Jasika", "Sova", "Lipa", "Ševa", "Iva", "Malina", "Čaplja", "Trešnja",
    "Kalina", "Sojka", "Maslina", "Ruzmarin", "Vrba", "Golubica", "Perunika", "Zova", "Lavanda", "Detelina", "Jasen", "Kos", "Bršljan",
    "Bukva", "Grlica", "Javor", "Kesten", "Ljubičica", "Mirta", "Nana", "Oskoruša", "Pčela", "Rosa", "Slavuj", "Šljiva", "Tisa", "Uzorak",
    "Vilin", "Zumbul", "Žalfija", "Ćuran", "Đurđevak", "Fazan", "Gavran", "Hrast", "Imela", "Jagoda", "Kruška", "Lokvanj", "Matičnjak",
    "Neven", "Orah", "Paprat", "Roda", "Smilje", "Šafran", "Topola", "Vetar", "Zvončić", "Žižak",
)  # fmt: skip

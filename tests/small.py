"""A small study of invented cases that tests write to a folder and may spoil."""

from __future__ import annotations

STUDY = """
name = "small"
title = "A small study"

[columns]
case_id = "Case"
date = "Received"
text = "Enquiry"
subject = "Subject"

[[periods]]
name = "2022-23"
start = 2022-09-01
end = 2023-08-31

[[periods]]
name = "2023-24"
start = 2023-09-01
end = 2024-08-31

[[sources]]
path = "cases.csv"

[fields.kind]
column = "Kind"
label = "Kind of enquiry"
many = true
scheme = "kinds"

[fields.phase]
column = "Phase"
label = "Phase"

[private.people]
column = "People"

[schemes.kinds]
labels = [{ name = "Fake profile" }, { name = "Bullying" }]
"""

HEADING = "Case,Received,Enquiry,Subject,Kind,Phase,People"
ROWS = [
    'A1,2022-09-05,"A profile that is not ours, again",Help,Fake profile; Bullying,Primary,Ann Lee',
    "A2,2022-10-01 08:15,Somebody filmed the canteen,,Bullying,Secondary,",
    "A3,2023-11-20,NA,,,,Bo Hill; Cy Moss",
]

"""Sentences in the enquirers' manner: what each must show, and what it must not.

Each entry: the sentence, the tones it shows, the tones it must not show. Written after the
markers, and markers were mended where these failed: they guard against breaking, and measure
nothing.
"""

SHOWN = [
    # politeness
    ("Could you please let me know how we should go about this?", "politeness", ""),
    ("I was wondering if there is someone we might speak to.", "politeness", "aggression"),
    ("Dear helpline, I hope you are well.", "politeness", "urgency"),
    ("I'm sorry to trouble you again with the same matter.", "politeness", "frustration"),
    ("We would be very grateful for a call back.", "politeness gratitude", ""),
    ("Would it be possible to have a copy of the guidance?", "politeness", "expectation"),
    # concern
    ("I am really worried about what they will post next.", "concern", ""),
    ("My main concern is that it may get out of hand.", "concern", ""),
    ("Several members of staff are deeply upset by the comments.", "concern", ""),
    ("The effect on her mental health has been considerable.", "concern", "aggression"),
    ("Things are escalating and parents have begun to arrive at the gates.", "concern", ""),
    ("What worries us is the number of people who know her address.", "concern", ""),
    # urgency
    ("Please treat this as urgent.", "urgency politeness", ""),
    ("We need this gone before Monday.", "urgency", ""),
    ("Can someone ring me back as soon as possible?", "urgency", ""),
    ("It must be dealt with today.", "urgency", ""),
    ("We are desperate for somebody to step in.", "urgency", ""),
    ("Inspectors arrive and the hearing is tomorrow.", "urgency", ""),
    ("Please act quickly.", "urgency", ""),
    # frustration
    ("I have reported the profile four times and heard nothing.", "frustration", "gratitude"),
    ("It is incredibly frustrating to get the same automated reply.", "frustration", ""),
    ("Instagram told us it does not violate their guidelines.", "frustration", "aggression"),
    ("We keep reporting it and the video is still up.", "frustration", ""),
    ("Despite numerous requests no action has been taken.", "frustration", ""),
    ("I am fed up of being passed from pillar to post.", "frustration", ""),
    ("They refused to remove the page.", "frustration", "helplessness"),
    ("TikTok have been no help at all.", "frustration", ""),
    # helplessness
    ("We simply do not know what else to try.", "helplessness", ""),
    ("As soon as one is taken down another appears.", "helplessness", ""),
    ("I feel completely powerless.", "helplessness", "aggression"),
    ("We are at a loss as to how it should be handled.", "helplessness", ""),
    ("The accounts keep coming back under other names.", "helplessness", ""),
    ("It has become a game of whack-a-mole.", "helplessness", ""),
    ("She is worn out and cannot cope any longer.", "helplessness", ""),
    ("There is nothing more we can do at our end.", "helplessness", ""),
    # protectiveness
    ("I want to protect my colleagues from this sort of thing.", "protectiveness", ""),
    ("Our duty of care extends to the families.", "protectiveness", ""),
    ("No teacher should have to put up with this.", "protectiveness", ""),
    ("We have to keep our pupils safe.", "protectiveness", ""),
    ("He does not deserve this after thirty years of service.", "protectiveness", ""),
    ("I am frightened for my students.", "protectiveness concern", ""),
    # expectation
    ("Please can you remove this account.", "expectation politeness", "bluntness"),
    ("We were told that you can have it taken down.", "expectation", ""),
    ("Could this page be closed?", "expectation", "bluntness"),
    ("I would like to request the removal of a fake profile.", "expectation", "aggression"),
    ("I understand you have a direct line to the platforms.", "expectation", ""),
    ("Please help us get these videos removed.", "expectation politeness", ""),
    ("I need you to find out who is behind it.", "expectation", ""),
    # bluntness
    ("This is totally unacceptable.", "bluntness", "aggression"),
    ("The account must come down.", "bluntness", ""),
    ("Why has nobody dealt with it?", "bluntness", ""),
    ("I demand an explanation.", "bluntness", ""),
    ("GET THIS VIDEO DOWN NOW", "bluntness", ""),
    ("Frankly this is not good enough.", "bluntness", ""),
    ("How hard can it be to delete one post?", "bluntness", ""),
    # aggression
    ("You people are useless.", "aggression", "gratitude"),
    ("If it is not gone we will sue.", "aggression", ""),
    ("How dare you send me a standard answer.", "aggression", "politeness"),
    ("Whoever made it, they are absolute scum.", "aggression", ""),
    ("Shame on you.", "aggression", "gratitude"),
    ("You will be hearing from our solicitor.", "aggression", ""),
    # gratitude
    ("Thank you so much for your time.", "gratitude", "aggression"),
    ("Many thanks", "gratitude", ""),
    ("I cannot thank you enough for what you did last year.", "gratitude", "helplessness"),
    ("Your advice was invaluable.", "gratitude", ""),
    ("We really appreciate the support.", "gratitude", ""),
]

NOT_SHOWN = [
    # other meanings of the same words
    ("I'm obliged to safeguard both pupils and staff.", "gratitude"),
    ("Is that the most useful form for you?", "gratitude"),
    ("What I'd value is ten minutes with somebody who has seen this before.", "aggression"),
    ("An anonymous gossip page about our pupils has appeared.", "aggression"),
    # negated
    ("There is no rush and it is not urgent.", "urgency"),
    ("We are not worried about the content itself.", "concern"),
    ("I don't think this is urgent.", "urgency"),
    ("The parents were never concerned by it.", "concern"),
    ("It isn't ridiculous to ask, I hope.", "aggression"),
    ("I am not frustrated with your team.", "frustration"),
    ("We do not demand anything.", "bluntness"),
    ("He is no longer upset.", "concern"),
    # someone else's words
    ('A comment underneath calls her "a pathetic excuse for a teacher".', "aggression bluntness"),
    ("The caption reads you are useless and everyone knows it.", "aggression"),
    ("One of the videos says “shut up you idiot” over his photo.", "aggression"),
    ("They posted 'go to hell' on the school's page.", "aggression"),
    ('The bio says "this school is a disgrace, shame on them".', "aggression bluntness"),
    ("Pupils wrote that she is an absolute idiot.", "aggression"),
    ("Messages telling him he is vile scum arrive each night.", "aggression"),
    ("She was called a stupid little liar in front of the class.", "aggression"),
    ('The message read: "take it down or else".', "aggression bluntness"),
    ("He has been described online as unacceptable and a joke.", "bluntness"),
    ('The platform answered "thank you for your report".', "gratitude"),
    # other meanings
    ("The thankless task fell to me.", "gratitude"),
    ("The TikTok account has the school's badge on it.", "bluntness aggression expectation"),
    ("Our immediate family live in the village.", "urgency"),
    ("Year 9 made a page about the canteen.", "concern urgency aggression helplessness"),
    ("Please stop.", "politeness"),
    ("The NSPCC and CEOP were told.", "bluntness"),
    ("I work in a primary school in Leeds.", " ".join(("concern", "urgency", "gratitude"))),
    ("To whom it may concern,", "concern"),
]

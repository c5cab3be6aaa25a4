"""A study: one frozen description of whose cases these are and how to read them.

``study`` holds `Study` itself, ``parts`` the values it is made of, ``toml`` the reader.
"""

from workbench.study.parts import Calendar as Calendar
from workbench.study.parts import CaseField as CaseField
from workbench.study.parts import Comparison as Comparison
from workbench.study.parts import Contact as Contact
from workbench.study.parts import Crosswalk as Crosswalk
from workbench.study.parts import Disclosure as Disclosure
from workbench.study.parts import Event as Event
from workbench.study.parts import Hours as Hours
from workbench.study.parts import Method as Method
from workbench.study.parts import Period as Period
from workbench.study.parts import Published as Published
from workbench.study.parts import Release as Release
from workbench.study.parts import Scheme as Scheme
from workbench.study.parts import Source as Source
from workbench.study.parts import Span as Span
from workbench.study.parts import ToneFiles as ToneFiles
from workbench.study.parts import Words as Words
from workbench.study.study import Study as Study
from workbench.study.toml import locate as locate
from workbench.study.toml import read_toml as read_toml

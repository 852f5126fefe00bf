[playlist]
File1=Ann/Wet/01 Rain.flac
Title1=Rain
Length1=201
File2=http://radio.example/a=b;c
Title2=News = now; always
Length2=-1
NumberOfEntries=2
Version=2
